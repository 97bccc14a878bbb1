package io.github.cachemesh.testkit.runner;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Replaces every known secret by {@code ***}, also where it is in base64, JSON, a URI or XML, as
 * the runner does. act replaces secrets as they are, one after the other. Thread-safe.
 */
final class SecretMasker {
  private final Flavour flavour;
  private final Map<String, Set<String>> formsBySecret = new LinkedHashMap<>();

  SecretMasker(Flavour flavour) {
    this.flavour = flavour;
  }

  /** Masks the value, and each of its lines, from now on. */
  synchronized void add(String value) {
    if (flavour == Flavour.ACT && !value.isEmpty()) {
      formsBySecret.put(value, Set.of(value));
    } else if (!value.isBlank()) {
      addOne(value);
      value.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(this::addOne);
    }
  }

  private void addOne(String value) {
    formsBySecret.computeIfAbsent(value, SecretMasker::forms);
  }

  synchronized String mask(String text) {
    if (flavour == Flavour.ACT) {
      String masked = text;
      for (String secret : formsBySecret.keySet()) {
        masked = masked.replace(secret, "***");
      }
      return masked;
    }
    BitSet hidden = new BitSet();
    for (Set<String> forms : formsBySecret.values()) {
      for (String form : forms) {
        for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
          hidden.set(at, at + form.length());
        }
      }
    }
    if (hidden.isEmpty()) {
      return text;
    }
    StringBuilder masked = new StringBuilder();
    int shown = 0;
    for (int start = hidden.nextSetBit(0); start >= 0; start = hidden.nextSetBit(shown)) {
      masked.append(text, shown, start).append("***");
      shown = hidden.nextClearBit(start);
    }
    return masked.append(text, shown, text.length()).toString();
  }

  /** Every secret so far, with all the forms in which it is masked. */
  synchronized Map<String, Set<String>> formsBySecret() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(formsBySecret));
  }

  private static Set<String> forms(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    Set<String> forms = new LinkedHashSet<>();
    forms.add(value);
    // The encoding of a secret after one or two other bytes, such as "user:", has another form.
    for (int shift = 0; shift < Math.min(3, bytes.length); shift++) {
      byte[] shifted = Arrays.copyOfRange(bytes, shift, bytes.length);
      forms.add(Base64.getEncoder().encodeToString(shifted));
    }
    forms.add(value.replace("\"", "\\\""));
    forms.add(json(value));
    forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    forms.add(
        value
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&apos;"));
    return forms;
  }

  private static String json(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }
}
