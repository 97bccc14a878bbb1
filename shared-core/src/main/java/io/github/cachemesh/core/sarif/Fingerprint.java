package io.github.cachemesh.core.sarif;

/**
 * A result's {@code primaryLocationLineHash} as recorded: {@link LineHash} if it has the form that
 * GitHub computes, any other text is kept as it is and matches no line.
 */
public sealed interface Fingerprint permits LineHash, Fingerprint.Foreign {
  /** As recorded. */
  String text();

  static Fingerprint of(String text) {
    return LineHash.parse(text).<Fingerprint>map(hash -> hash).orElseGet(() -> new Foreign(text));
  }

  /** What another tool wrote. */
  record Foreign(String text) implements Fingerprint {
    @Override
    public String toString() {
      return text;
    }
  }
}
