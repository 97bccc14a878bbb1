package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.envelope.Aad;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.HpkeIdentity;
import io.github.cachemesh.core.envelope.HpkeRecipient;
import io.github.cachemesh.core.envelope.SigningKey;
import io.github.cachemesh.core.envelope.VerifyingKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * An answer on its way: a signature by the service's key, and a box that only the asker opens. Both
 * are bound to the very bytes of the request, so that an answer answers nothing else, and the
 * signature is over the box, so that nothing is opened that the service did not make.
 */
final class SealedAnswer {
  private static final Aad INFO = Aad.of("cachemesh credential service 1", "answer");
  private static final byte[] SIGNED = "cachemesh credential service 1 answer\n".getBytes(UTF_8);

  private SealedAnswer() {}

  /**
   * Seals and signs.
   *
   * @param content which stays the caller's
   */
  static byte[] make(
      byte[] content,
      byte[] request,
      HpkeRecipient recipient,
      SigningKey service,
      SecureRandom random) {
    byte[] hash = Hashes.sha256(request);
    byte[] box = recipient.seal(content, INFO, Aad.none().and(hash), random);
    return ByteBuffer.allocate(VerifyingKey.SIGNATURE_BYTES + box.length)
        .put(service.sign(signed(hash, box)))
        .put(box)
        .array();
  }

  /**
   * The content, which the caller zeroes.
   *
   * @throws EnvelopeException when it is sealed to another key
   * @throws MalformedMessageException when the service did not make it for this request
   */
  static byte[] open(byte[] answer, byte[] request, HpkeIdentity asker, VerifyingKey service)
      throws EnvelopeException, MalformedMessageException {
    int split = Math.min(answer.length, VerifyingKey.SIGNATURE_BYTES);
    byte[] signature = Arrays.copyOf(answer, split);
    byte[] box = Arrays.copyOfRange(answer, split, answer.length);
    byte[] hash = Hashes.sha256(request);
    if (!service.verifies(signed(hash, box), signature)) {
      throw new MalformedMessageException(
          "the answer is not signed by the service's key for this request");
    }
    return asker.open(box, INFO, Aad.none().and(hash));
  }

  /** Of label and hash the length is fixed, so that no two pairs are the same bytes. */
  private static byte[] signed(byte[] hash, byte[] box) {
    return ByteBuffer.allocate(SIGNED.length + hash.length + box.length)
        .put(SIGNED)
        .put(hash)
        .put(box)
        .array();
  }
}
