package io.github.cachemesh.testkit.github;

import java.time.Duration;

/** Something that goes wrong instead of, or while, answering. */
public sealed interface Fault {

  /** The connection is reset (TCP RST) before any byte of the answer. */
  record Reset() implements Fault {}

  /** The head promises the whole body, but the connection ends after this many bytes of it. */
  record Truncate(int bytes) implements Fault {}

  /** An error of GitHub's own front end, such as 500, 502 or 503, with an HTML body. */
  record Status(int code) implements Fault {}

  /** The body comes in pieces of this size with a pause after each. */
  record SlowBody(int pieceBytes, Duration pause) implements Fault {}

  /** The head comes late. */
  record DelayedHeaders(Duration delay) implements Fault {}

  /** No answer ever comes; the connection stays open. */
  record Silence() implements Fault {}
}
