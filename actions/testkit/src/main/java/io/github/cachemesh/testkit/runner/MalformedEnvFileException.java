package io.github.cachemesh.testkit.runner;

/** An environment file that a runner refuses; it fails the step. */
final class MalformedEnvFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedEnvFileException(String message) {
    super(message);
  }
}
