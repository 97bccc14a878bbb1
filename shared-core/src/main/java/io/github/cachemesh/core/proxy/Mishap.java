package io.github.cachemesh.core.proxy;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;

/**
 * Logs exceptions that nobody foresaw, without their messages: those may quote what a client sent.
 */
final class Mishap {
  private static final Logger LOG = System.getLogger(Mishap.class.getPackageName());
  private static final int FRAMES = 5;

  private Mishap() {}

  static void log(String what, RuntimeException cause) {
    var trace = Arrays.stream(cause.getStackTrace()).limit(FRAMES).toList();
    LOG.log(Level.WARNING, "{0}: {1} at {2}", what, cause.getClass().getName(), trace);
  }
}
