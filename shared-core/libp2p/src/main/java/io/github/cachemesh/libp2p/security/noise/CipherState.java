package io.github.cachemesh.libp2p.security.noise;

import io.netty.util.concurrent.FastThreadLocal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One key of ChaCha20-Poly1305 with a nonce that counts up and is never used twice: after 2^64 - 1
 * messages it refuses (Noise revision 34, sections 5.1 and 12). For one thread at a time.
 *
 * <p>The JDK's cipher, of more than 1 KiB, belongs to the thread and is keyed anew for each
 * message, which it demands anyhow; so an idle connection holds its keys only. It works on arrays:
 * for direct buffers it allocates.
 */
final class CipherState {
  static final int TAG_BYTES = 16;

  private static final int NONCE_BYTES = 12;
  private static final int COUNTER_AT = 4;
  private static final long RESERVED_NONCE = -1;
  private static final VarHandle COUNTER =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final FastThreadLocal<Cipher> CIPHER =
      new FastThreadLocal<>() {
        @Override
        protected Cipher initialValue() throws GeneralSecurityException {
          return Cipher.getInstance("ChaCha20-Poly1305");
        }
      };

  private final SecretKeySpec key;
  private long nonce;

  CipherState(byte[] key) {
    this(key, 0);
  }

  /**
   * @param nonce the first message's, unsigned
   */
  CipherState(byte[] key, long nonce) {
    this.key = new SecretKeySpec(key, "ChaCha20");
    this.nonce = nonce;
  }

  /**
   * Begins a message: what the cipher is given until {@code doFinal}, which has to be called before
   * any other cipher state's turn on this thread.
   *
   * @throws NonceExhaustedException when all nonces are used
   */
  Cipher encryption() throws NonceExhaustedException {
    return begin(Cipher.ENCRYPT_MODE);
  }

  byte[] encrypt(byte[] additional, byte[] plaintext) throws NonceExhaustedException {
    Cipher cipher = encryption();
    try {
      cipher.updateAAD(additional);
      return cipher.doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encryption in memory cannot fail", e);
    }
  }

  /**
   * @throws AEADBadTagException if this is not the next message of the key's other holder
   * @throws NonceExhaustedException when all nonces are used
   */
  byte[] decrypt(byte[] additional, byte[] message)
      throws AEADBadTagException, NonceExhaustedException {
    Cipher cipher = begin(Cipher.DECRYPT_MODE);
    try {
      cipher.updateAAD(additional);
      return cipher.doFinal(message);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("decryption in memory cannot fail otherwise", e);
    }
  }

  /**
   * Decrypts a message without additional data where it lies.
   *
   * @param length with the tag
   * @return how many bytes of plaintext there are at the same offset
   * @throws AEADBadTagException if this is not the next message of the key's other holder; the
   *     bytes are as they were
   * @throws NonceExhaustedException when all nonces are used
   */
  int decrypt(byte[] bytes, int offset, int length)
      throws AEADBadTagException, NonceExhaustedException {
    Cipher cipher = begin(Cipher.DECRYPT_MODE);
    try {
      return cipher.doFinal(bytes, offset, length, bytes, offset);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("decryption in memory cannot fail otherwise", e);
    }
  }

  private Cipher begin(int mode) throws NonceExhaustedException {
    if (nonce == RESERVED_NONCE) {
      throw new NonceExhaustedException();
    }
    byte[] bytes = new byte[NONCE_BYTES];
    COUNTER.set(bytes, COUNTER_AT, nonce);
    Cipher cipher = CIPHER.get();
    try {
      cipher.init(mode, key, new IvParameterSpec(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK refused a key or a nonce of the right length", e);
    }
    nonce++;
    return cipher;
  }
}
