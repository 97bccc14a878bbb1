package io.github.cachemesh.actions;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A text in the encodings in which it commonly gets into a log, as single lines: JSON,
 * percent-encoding, and base64 in both alphabets, whatever other bytes precede and follow the text.
 */
final class EncodedForms {
  /** Of RFC 2045, of {@code base64} and of Python's {@code encodebytes}. */
  private static final int BASE64_LINE_CHARS = 76;

  private static final int GROUP_BYTES = 3;
  private static final int GROUP_CHARS = 4;

  private EncodedForms() {}

  /** The forms that are one line whatever the text is. */
  static Set<String> inOneLine(String text) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(json(text));
    addPercentEncoded(text, forms);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    addBase64(bytes, Base64.getEncoder().withoutPadding(), forms);
    addBase64(bytes, Base64.getUrlEncoder().withoutPadding(), forms);
    return forms;
  }

  /** The lines of base64 that is broken, from the text's beginning; none when it is one line. */
  static Set<String> inBase64Lines(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String whole = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    Set<String> lines = new LinkedHashSet<>();
    if (whole.length() > BASE64_LINE_CHARS) {
      addBroken(whole, lines);
      addBroken(core(whole, bytes.length), lines);
    }
    return lines;
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\t", "\\t")
        .replace("\r", "\\r")
        .replace("\n", "\\n");
  }

  /** As forms do it, as RFC 3986 does it, and as JavaScript does it. */
  private static void addPercentEncoded(String text, Set<String> forms) {
    String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
    forms.add(form);
    String strict = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    forms.add(strict);
    forms.add(
        strict
            .replace("%21", "!")
            .replace("%27", "'")
            .replace("%28", "(")
            .replace("%29", ")")
            .replace("%2A", "*"));
  }

  /** What precedes the text, such as {@code user:}, shifts its groups by one or two bytes. */
  private static void addBase64(byte[] bytes, Base64.Encoder encoder, Set<String> forms) {
    for (int shift = 0; shift < GROUP_BYTES && bytes.length - shift >= GROUP_BYTES; shift++) {
      String whole = encoder.encodeToString(Arrays.copyOfRange(bytes, shift, bytes.length));
      forms.add(whole);
      forms.add(core(whole, bytes.length - shift));
    }
  }

  /** Without the last group, which what follows the text changes. */
  private static String core(String encoded, int bytes) {
    return encoded.substring(0, bytes / GROUP_BYTES * GROUP_CHARS);
  }

  private static void addBroken(String encoded, Set<String> lines) {
    for (int start = 0; start < encoded.length(); start += BASE64_LINE_CHARS) {
      lines.add(encoded.substring(start, Math.min(encoded.length(), start + BASE64_LINE_CHARS)));
    }
  }
}
