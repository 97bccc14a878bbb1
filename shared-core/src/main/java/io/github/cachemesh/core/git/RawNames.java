package io.github.cachemesh.core.git;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Names of files as the bytes that they are to Git, in a JVM that makes text of them. Both ways are
 * exact for every name and whatever the locale, since a {@code file:} URI carries bytes.
 */
final class RawNames {
  private static final Path TOP = Path.of("/");
  private static final int MAX_SHOWN_CHARACTERS = 200;
  private static final boolean UTF_8_LOCALE =
      StandardCharsets.UTF_8.name().equals(System.getProperty("sun.jnu.encoding"));

  private RawNames() {}

  /** The file of that name, whose parts are joined by slashes, below a folder. */
  static Path resolve(Path folder, byte[] name) {
    if (isAscii(name)) {
      return folder.resolve(new String(name, StandardCharsets.ISO_8859_1));
    }
    StringBuilder uri = new StringBuilder("file:///");
    for (byte each : name) {
      if (each == '/' || isUnreserved(each)) {
        uri.append((char) each);
      } else {
        uri.append('%');
        uri.append(Character.forDigit((each >> 4) & 0xf, 16));
        uri.append(Character.forDigit(each & 0xf, 16));
      }
    }
    return folder.resolve(TOP.relativize(Path.of(URI.create(uri.toString()))));
  }

  /** The bytes of a relative path, such as a file's name or where a symbolic link points. */
  static byte[] bytes(Path relative) {
    String text = relative.toString();
    if (text.chars().allMatch(each -> each < 0x80)
        || (UTF_8_LOCALE && text.indexOf('\uFFFD') < 0)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    String encoded = TOP.resolve(relative).toUri().getRawPath();
    // A URI ends with a slash where there is a folder, which the path does not.
    int end = encoded.endsWith("/") ? encoded.length() - 1 : encoded.length();
    int start = relative.isAbsolute() ? 0 : 1;
    byte[] bytes = new byte[end - start];
    int length = 0;
    for (int at = start; at < end; at++) {
      char each = encoded.charAt(at);
      if (each == '%') {
        bytes[length++] = (byte) Integer.parseInt(encoded, at + 1, at + 3, 16);
        at += 2;
      } else {
        bytes[length++] = (byte) each;
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  /** For people: without what could change a log, and cut. */
  static String shown(byte[] name) {
    return shown(new String(name, StandardCharsets.UTF_8));
  }

  static String shown(String name) {
    String cut =
        name.length() <= MAX_SHOWN_CHARACTERS
            ? name
            : name.substring(0, MAX_SHOWN_CHARACTERS) + "…";
    return cut.replaceAll("[\\p{Cntrl}\u2028\u2029]", "?");
  }

  private static boolean isAscii(byte[] name) {
    for (byte each : name) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnreserved(byte each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || each == '-'
        || each == '.'
        || each == '_';
  }
}
