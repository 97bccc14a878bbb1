package io.github.cachemesh.core.service;

/** A text in which each {@code *} stands for any number of characters, and the rest for itself. */
record Glob(String pattern) {

  /** Goes back to the last star only, so the work is bounded by the product of the lengths. */
  boolean matches(String text) {
    int at = 0;
    int star = -1;
    int retry = 0;
    for (int i = 0; i < text.length(); ) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        retry = i;
      } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++retry;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  boolean isExact() {
    return pattern.indexOf('*') < 0;
  }

  @Override
  public String toString() {
    return pattern;
  }
}
