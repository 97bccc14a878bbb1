package io.github.cachemesh.core.config;

/** A secret that no {@code toString} shows. */
public final class SharedSecret {
  private final String value;

  SharedSecret(String value) {
    this.value = value;
  }

  /** The secret itself; never to be logged. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
