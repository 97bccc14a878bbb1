package io.github.cachemesh.core.sarif;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** The path that an artifact's URI names: percent-decoded, without {@code file://}. */
final class SarifPath {
  private static final String SCHEME = "file://";
  private static final int ESCAPE_LENGTH = 3;
  private static final int HEXADECIMAL = 16;

  private SarifPath() {}

  /** A URI that cannot be decoded is taken as it is: it names no file. */
  static String of(String uri) {
    String path = uri.indexOf('%') < 0 ? uri : decode(uri);
    return path.startsWith(SCHEME) ? path.substring(SCHEME.length()) : path;
  }

  private static String decode(String uri) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(uri.length());
    int at = 0;
    while (at < uri.length()) {
      int escape = uri.indexOf('%', at);
      int end = escape < 0 ? uri.length() : escape;
      bytes.writeBytes(uri.substring(at, end).getBytes(UTF_8));
      at = end;
      if (escape >= 0) {
        int value = value(uri, escape);
        if (value < 0) {
          return uri;
        }
        bytes.write(value);
        at += ESCAPE_LENGTH;
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException _) {
      return uri;
    }
  }

  /** Of the escape at {@code at}; negative if it is none. */
  private static int value(String uri, int at) {
    if (at + ESCAPE_LENGTH > uri.length()) {
      return -1;
    }
    int high = Character.digit(uri.charAt(at + 1), HEXADECIMAL);
    int low = Character.digit(uri.charAt(at + 2), HEXADECIMAL);
    return high < 0 || low < 0 ? -1 : high * HEXADECIMAL + low;
  }
}
