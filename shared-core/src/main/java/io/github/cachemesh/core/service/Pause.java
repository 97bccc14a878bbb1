package io.github.cachemesh.core.service;

import java.time.Duration;

/** Waits before a request is repeated. */
interface Pause {
  void pause(Duration duration) throws InterruptedException;
}
