package io.github.cachemesh.core.git;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Config;
import org.jspecify.annotations.Nullable;

/**
 * What Git writes into a work tree for an object whose path has attributes: {@code ident}, then the
 * ends of lines, then the encoding (gitattributes(5), convert.c).
 */
final class WorkTreeText {
  private static final byte[] ID = "$Id".getBytes(StandardCharsets.US_ASCII);

  private static final String SET = "+";
  private static final String UNSET = "-";
  private static final Set<String> KNOWN_TEXT = Set.of(SET, UNSET, "auto", "input");

  private enum Ends {
    KEPT,
    CRLF,
    CRLF_UNLESS_BINARY
  }

  private final Ends ends;
  private final boolean ident;
  private final @Nullable String encoding;

  WorkTreeText(Map<String, Attribute> attributes, Config config) {
    this.ends = ends(attributes, config);
    this.ident = state(attributes, "ident").equals(SET);
    String encoded = state(attributes, "working-tree-encoding");
    this.encoding = encoded.isEmpty() || encoded.equals(UNSET) ? null : encoded;
  }

  /** The table of convert_attrs and output_eol in Git's convert.c. */
  private static Ends ends(Map<String, Attribute> attributes, Config config) {
    String text = state(attributes, "text");
    if (!KNOWN_TEXT.contains(text)) {
      text = state(attributes, "crlf");
    }
    String eol = state(attributes, "eol");
    if (text.equals(UNSET) || eol.equals("lf")) {
      return Ends.KEPT;
    }
    if (eol.equals("crlf")) {
      return text.equals("auto") ? Ends.CRLF_UNLESS_BINARY : Ends.CRLF;
    }
    if (text.equals("input") || !isCrlfByDefault(config, KNOWN_TEXT.contains(text))) {
      return Ends.KEPT;
    }
    return text.equals(SET) ? Ends.CRLF : Ends.CRLF_UNLESS_BINARY;
  }

  private static boolean isCrlfByDefault(Config config, boolean isText) {
    String auto = config.getString("core", null, "autocrlf");
    if (auto != null && auto.equalsIgnoreCase("input")) {
      return false;
    }
    if (auto != null && config.getBoolean("core", "autocrlf", false)) {
      return true;
    }
    return isText && "crlf".equalsIgnoreCase(config.getString("core", null, "eol"));
  }

  private static String state(Map<String, Attribute> attributes, String name) {
    Attribute attribute = attributes.get(name);
    if (attribute == null) {
      return "";
    }
    String value = attribute.getValue();
    return switch (attribute.getState()) {
      case SET -> SET;
      case UNSET -> UNSET;
      case UNSPECIFIED -> "";
      case CUSTOM -> value == null ? "" : value;
    };
  }

  /** Whether the bytes of the work tree may differ from the object's at all. */
  boolean changes() {
    return ends != Ends.KEPT || ident || encoding != null;
  }

  /** Whether Git's checkout of the object has these bytes. */
  boolean isCheckoutOf(byte[] object, AnyObjectId id, byte[] workTree) throws Finding {
    byte[] text = ident ? expandIdent(object, id) : object;
    text = convertEnds(text);
    if (encoding == null) {
      return Arrays.equals(text, workTree);
    }
    // Which of several encodings of one text iconv writes is its own affair; all decode alike.
    Optional<byte[]> decoded = decode(workTree, encoding);
    return decoded.isPresent() && Arrays.equals(text, decoded.get());
  }

  private byte[] convertEnds(byte[] text) {
    if (ends == Ends.KEPT) {
      return text;
    }
    int loneLineFeeds = 0;
    boolean carriageReturns = false;
    for (int at = 0; at < text.length; at++) {
      carriageReturns |= text[at] == '\r';
      if (text[at] == '\n' && (at == 0 || text[at - 1] != '\r')) {
        loneLineFeeds++;
      }
    }
    if (ends == Ends.CRLF_UNLESS_BINARY && (carriageReturns || isBinary(text))) {
      return text;
    }
    byte[] converted = new byte[text.length + loneLineFeeds];
    int length = 0;
    for (int at = 0; at < text.length; at++) {
      if (text[at] == '\n' && (at == 0 || text[at - 1] != '\r')) {
        converted[length++] = '\r';
      }
      converted[length++] = text[at];
    }
    return converted;
  }

  /** As gather_stats and convert_is_binary of Git see it. */
  private static boolean isBinary(byte[] text) {
    int printable = 0;
    int other = 0;
    for (byte each : text) {
      if (each == 0) {
        return true;
      } else if (each == '\r' || each == '\n') {
        continue;
      } else if (each == 0x7f || (each >= 0 && each < 32 && "\b\t\033\f".indexOf(each) < 0)) {
        other++;
      } else {
        printable++;
      }
    }
    if (text.length > 0 && text[text.length - 1] == 0x1a) {
      other--;
    }
    return (printable >> 7) < other;
  }

  /** ident_to_worktree of Git: {@code $Id$} and {@code $Id: one-word $}. */
  private static byte[] expandIdent(byte[] object, AnyObjectId id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(object.length + 64);
    int at = 0;
    while (at < object.length) {
      int end = endOfIdent(object, at);
      if (end < 0) {
        out.write(object[at++]);
      } else {
        out.writeBytes(("$Id: " + id.name() + " $").getBytes(StandardCharsets.US_ASCII));
        at = end;
      }
    }
    return out.toByteArray();
  }

  private static int endOfIdent(byte[] text, int at) {
    int after = at + ID.length;
    if (after >= text.length || !Arrays.equals(text, at, after, ID, 0, ID.length)) {
      return -1;
    }
    if (text[after] == '$') {
      return after + 1;
    }
    if (text[after] != ':') {
      return -1;
    }
    int dollar = after + 1;
    while (dollar < text.length && text[dollar] != '$' && text[dollar] != '\n') {
      dollar++;
    }
    if (dollar == text.length || text[dollar] == '\n') {
      return -1;
    }
    int space = after + 2;
    while (space < dollar && text[space] != ' ') {
      space++;
    }
    // A space before the last: another system's keyword, which Git leaves alone.
    return space < dollar - 1 ? -1 : dollar + 1;
  }

  private static Optional<byte[]> decode(byte[] encoded, String name) throws Finding {
    String upper = name.toUpperCase(Locale.ROOT);
    byte[] bytes = encoded;
    if (upper.equals("UTF-16LE-BOM") || upper.equals("UTF-16BE-BOM")) {
      boolean little = upper.equals("UTF-16LE-BOM");
      if (bytes.length < 2
          || bytes[0] != (byte) (little ? 0xff : 0xfe)
          || bytes[1] != (byte) (little ? 0xfe : 0xff)) {
        return Optional.empty();
      }
      bytes = Arrays.copyOfRange(bytes, 2, bytes.length);
      upper = little ? "UTF-16LE" : "UTF-16BE";
    }
    Charset charset;
    try {
      charset = Charset.forName(upper);
    } catch (IllegalArgumentException e) {
      throw new Finding(
          Unfitness.UNSUPPORTED, "unknown working-tree-encoding " + RawNames.shown(name));
    }
    try {
      // A new decoder reports what it cannot decode.
      return Optional.of(
          charset
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes))
              .toString()
              .getBytes(StandardCharsets.UTF_8));
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
