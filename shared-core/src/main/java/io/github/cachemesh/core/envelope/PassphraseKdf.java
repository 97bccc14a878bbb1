package io.github.cachemesh.core.envelope;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.util.regex.Matcher;

/**
 * How a root key is made from a passphrase; its parameters are within bounds. A {@link CurrentKdf}
 * may protect what is written, {@link LegacyPbkdf2} only opens what was. Immutable.
 */
public sealed interface PassphraseKdf permits CurrentKdf, LegacyPbkdf2 {
  /** What a fresh salt has, and no salt may have less. */
  int SALT_BYTES = 16;

  /** No salt may have more. */
  int MAX_SALT_BYTES = 64;

  /** The parameters as a file holds them: the beginning of a PHC string. */
  @Override
  String toString();

  /**
   * Makes the key, in the time and memory that the parameters ask for.
   *
   * @param passphrase any bytes but none, by agreement UTF-8; they stay the caller's
   * @param salt {@link #SALT_BYTES} to {@link #MAX_SALT_BYTES}
   * @return a key that the caller closes
   * @throws IllegalArgumentException when the passphrase is empty or the salt too short or too long
   */
  default RootKey derive(byte[] passphrase, byte[] salt) {
    if (passphrase.length == 0) {
      throw new IllegalArgumentException("the passphrase is empty");
    }
    if (salt.length < SALT_BYTES || salt.length > MAX_SALT_BYTES) {
      throw new IllegalArgumentException(
          "a salt has %d to %d bytes, not %d".formatted(SALT_BYTES, MAX_SALT_BYTES, salt.length));
    }
    return KeyKind.ROOT.owning(
        switch (this) {
          case Argon2id(int memoryKib, int passes, int lanes) ->
              Stretching.argon2id(
                  Stretching.parameters(memoryKib, passes, lanes, salt).build(),
                  passphrase,
                  Key.BYTES);
          case Pbkdf2HmacSha256(int iterations) ->
              Stretching.pbkdf2(passphrase, salt, iterations, Key.BYTES);
          case LegacyPbkdf2() ->
              Stretching.pbkdf2(passphrase, salt, LegacyPbkdf2.ITERATIONS, Key.BYTES);
        });
  }

  /**
   * The parameters that a file holds. No work is done with them.
   *
   * @throws EnvelopeException when the text is not one that {@link #toString} gives, or a parameter
   *     is outside its bounds
   */
  static PassphraseKdf parse(String text) throws EnvelopeException {
    Matcher argon2id = Argon2id.FORM.matcher(text);
    Matcher pbkdf2 = Pbkdf2HmacSha256.FORM.matcher(text);
    try {
      if (argon2id.matches()) {
        return new Argon2id(number(argon2id, 1), number(argon2id, 2), number(argon2id, 3));
      }
      if (pbkdf2.matches()) {
        int iterations = number(pbkdf2, 1);
        return iterations == LegacyPbkdf2.ITERATIONS
            ? new LegacyPbkdf2()
            : new Pbkdf2HmacSha256(iterations);
      }
    } catch (IllegalArgumentException e) {
      throw new EnvelopeException(Fault.OUT_OF_BOUNDS, e);
    }
    throw new EnvelopeException(
        Fault.MALFORMED,
        "not the parameters of a passphrase, as %s or %s"
            .formatted(Argon2id.DEFAULT, Pbkdf2HmacSha256.DEFAULT));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
