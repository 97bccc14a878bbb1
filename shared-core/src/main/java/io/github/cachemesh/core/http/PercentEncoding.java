package io.github.cachemesh.core.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;

/** Equivalent spellings of one URL made equal, RFC 3986 sections 5.2.4 and 6.2.2. */
final class PercentEncoding {
  private static final String UNRESERVED_MARKS = "-._~";

  private PercentEncoding() {}

  /**
   * Upper-case percent-encodings, unreserved characters decoded. A stray {@code %} is encoded, lest
   * it join with what is decoded behind it to another URL's name.
   */
  static String normalise(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder normal = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        normal.append(c);
        continue;
      }
      int octet = octet(text, i);
      if (octet < 0) {
        normal.append("%25");
        continue;
      }
      if (isUnreserved(octet)) {
        normal.append((char) octet);
      } else {
        normal.append(text.substring(i, i + 3).toUpperCase(Locale.ROOT));
      }
      i += 2;
    }
    return normal.toString();
  }

  private static int octet(String text, int percent) {
    boolean complete =
        percent + 2 < text.length()
            && HexFormat.isHexDigit(text.charAt(percent + 1))
            && HexFormat.isHexDigit(text.charAt(percent + 2));
    return complete ? HexFormat.fromHexDigits(text, percent + 1, percent + 3) : -1;
  }

  private static boolean isUnreserved(int octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || UNRESERVED_MARKS.indexOf(octet) >= 0;
  }

  /** An absolute path without {@code .} and {@code ..}; any other text as it is. */
  static String withoutDotSegments(String path) {
    if (!path.startsWith("/") || !path.contains("/.")) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    String last = "";
    for (String segment : path.substring(1).split("/", -1)) {
      last = segment;
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    StringBuilder normal = new StringBuilder(path.length());
    for (Iterator<String> segments = kept.iterator(); segments.hasNext(); ) {
      normal.append('/').append(segments.next());
    }
    if (last.equals(".") || last.equals("..")) {
      normal.append('/');
    }
    return normal.toString();
  }
}
