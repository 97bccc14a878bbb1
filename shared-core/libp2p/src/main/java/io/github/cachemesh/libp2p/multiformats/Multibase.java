package io.github.cachemesh.libp2p.multiformats;

/** Text that names its own base by its first character (multibase). */
public final class Multibase {
  private Multibase() {}

  public static String encode(Base base, byte[] bytes) {
    return base.prefix() + base.encode(bytes);
  }

  /**
   * The bytes of {@code text} in whichever base it names.
   *
   * @throws IllegalArgumentException if the base is unknown or the rest is not of it
   */
  public static byte[] decode(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("multibase text is empty");
    }
    for (Base base : Base.values()) {
      if (base.prefix() == text.charAt(0)) {
        return base.decode(text.substring(1));
      }
    }
    throw new IllegalArgumentException(
        String.format("unknown multibase prefix U+%04X", (int) text.charAt(0)));
  }
}
