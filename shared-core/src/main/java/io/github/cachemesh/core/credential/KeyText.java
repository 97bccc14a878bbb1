package io.github.cachemesh.core.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.AgeIdentity;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import io.github.cachemesh.core.envelope.KeyKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as somebody is handed it, in an environment secret or a file: {@code
 * cachemesh-key:STORE:SECRET}, where the secret is 32 bytes as unpadded base64url or an age
 * identity. As it names the store, its holder accepts no other, whoever signed that. Also taken are
 * a secret without the store, and 32 bytes in hexadecimal or padded base64.
 */
public final class KeyText implements KeySource {
  /** The longest text, with comments. */
  public static final int MAX_BYTES = 4096;

  private static final byte[] PREFIX = "cachemesh-key:".getBytes(US_ASCII);
  private static final byte[] AGE = "AGE-SECRET-KEY-1".getBytes(US_ASCII);
  private static final int STORE_LENGTH = 26;

  /** What is neither a comment nor white space. */
  private static final Pattern LINE =
      Pattern.compile(
          "^[ \\t]*([^#\\s][^\\n]*?)[ \\t\\r]*$", Pattern.MULTILINE | Pattern.UNIX_LINES);

  private final StoreId store;
  private final KeySource secret;

  private KeyText(StoreId store, KeySource secret) {
    this.store = store;
    this.secret = secret;
  }

  /** The text of a key for a store; the caller zeroes it. */
  public static byte[] of(StoreId store, RawKey key) {
    byte[] raw = key.reveal();
    byte[] encoded = Base64.getUrlEncoder().withoutPadding().encode(raw);
    byte[] id = store.text().getBytes(US_ASCII);
    byte[] text =
        ByteBuffer.allocate(PREFIX.length + id.length + 1 + encoded.length)
            .put(PREFIX)
            .put(id)
            .put((byte) ':')
            .put(encoded)
            .array();
    Arrays.fill(raw, (byte) 0);
    Arrays.fill(encoded, (byte) 0);
    return text;
  }

  /**
   * Reads a key that somebody gave.
   *
   * @param text one line of ASCII, besides empty ones and those that begin with {@code #}; at most
   *     {@link #MAX_BYTES}. Copied; the caller zeroes its own
   * @throws StoreRefusedException {@link Fault#MALFORMED} when it is no key; the message quotes
   *     nothing of it
   */
  public static KeySource parse(byte[] text) throws StoreRefusedException {
    byte[] key = onlyLine(text);
    try {
      return startsWith(key, PREFIX) ? named(key) : secret(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] onlyLine(byte[] text) throws StoreRefusedException {
    if (text.length > MAX_BYTES) {
      throw malformed();
    }
    // Each byte is one character.
    CharBuffer characters = US_ASCII.decode(ByteBuffer.wrap(text));
    try {
      Matcher line = LINE.matcher(characters);
      if (!line.find()) {
        throw malformed();
      }
      byte[] only = Arrays.copyOfRange(text, line.start(1), line.end(1));
      if (line.find()) {
        Arrays.fill(only, (byte) 0);
        throw malformed();
      }
      return only;
    } finally {
      Arrays.fill(characters.array(), '\0');
    }
  }

  private static KeySource named(byte[] key) throws StoreRefusedException {
    int colon = PREFIX.length + STORE_LENGTH;
    if (key.length <= colon || key[colon] != ':') {
      throw malformed();
    }
    StoreId store;
    try {
      store = new StoreId(new String(key, PREFIX.length, STORE_LENGTH, US_ASCII));
    } catch (IllegalArgumentException _) {
      throw malformed();
    }
    byte[] rest = Arrays.copyOfRange(key, colon + 1, key.length);
    try {
      return new KeyText(store, secret(rest));
    } finally {
      Arrays.fill(rest, (byte) 0);
    }
  }

  private static KeySource secret(byte[] text) throws StoreRefusedException {
    if (startsWith(text, AGE)) {
      return age(text);
    }
    byte[] raw = null;
    try {
      raw = text.length == 64 ? hexadecimal(text) : base64(text);
      return new RawKey(KeyKind.ROOT.of(raw));
    } catch (IllegalArgumentException _) {
      // What the decoders say may quote the key.
      throw malformed();
    } finally {
      if (raw != null) {
        Arrays.fill(raw, (byte) 0);
      }
    }
  }

  private static KeySource age(byte[] text) throws StoreRefusedException {
    char[] characters = US_ASCII.decode(ByteBuffer.wrap(text)).array();
    try {
      return new AgeKey(AgeIdentity.parse(characters));
    } catch (EnvelopeException e) {
      throw new StoreRefusedException(Fault.MALFORMED, "the key is " + e.getMessage());
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  private static byte[] base64(byte[] text) {
    for (byte character : text) {
      if (character == '+' || character == '/') {
        return Base64.getDecoder().decode(text);
      }
    }
    return Base64.getUrlDecoder().decode(text);
  }

  private static byte[] hexadecimal(byte[] text) {
    byte[] raw = new byte[text.length / 2];
    for (int i = 0; i < text.length; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        Arrays.fill(raw, (byte) 0);
        throw new IllegalArgumentException("not hexadecimal");
      }
      raw[i / 2] |= (byte) (i % 2 == 0 ? digit << 4 : digit);
    }
    return raw;
  }

  private static boolean startsWith(byte[] text, byte[] prefix) {
    return text.length >= prefix.length
        && Arrays.equals(text, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static StoreRefusedException malformed() {
    return new StoreRefusedException(
        Fault.MALFORMED,
        "the key is none: it is cachemesh-key:STORE:SECRET as cachemesh credentials made it, 32"
            + " bytes in base64 or hexadecimal, or an identity of age");
  }

  @Override
  public Optional<KeyEncryptionKey> open(KeySlot slot) throws IOException {
    return secret.open(slot);
  }

  @Override
  public Optional<StoreId> store() {
    return Optional.of(store);
  }

  @Override
  public boolean provesMaker() {
    return secret.provesMaker();
  }

  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return "KeyText[" + store + "]";
  }
}
