package io.github.cachemesh.core.github;

import okhttp3.HttpUrl;

/** Tells whether two URLs lead to the same server. */
final class Origins {
  private Origins() {}

  static boolean same(HttpUrl one, HttpUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port();
  }
}
