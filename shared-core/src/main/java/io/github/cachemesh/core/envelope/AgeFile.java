package io.github.cachemesh.core.envelope;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Content sealed to X25519 recipients as an age file (age-encryption.org/v1), binary, not armored.
 * By jagged, which draws its randomness from the JDK.
 */
public final class AgeFile {
  /** The most that is opened, and nearly the most that is sealed. */
  public static final int MAX_BYTES = 32 << 20;

  /** The most recipients that a file is sealed to. */
  public static final int MAX_RECIPIENTS = 64;

  private static final int HEADER_ROOM_BYTES = 1 << 16;

  private AgeFile() {}

  /**
   * Seals content to recipients, each of whom opens it alone.
   *
   * @param content which stays the caller's
   * @throws EnvelopeException when a recipient's key is one that X25519 cannot be done with
   * @throws IllegalArgumentException when there is no recipient, or more than {@link
   *     #MAX_RECIPIENTS}, or the content is too long
   */
  public static byte[] seal(byte[] content, List<AgeRecipient> recipients)
      throws EnvelopeException {
    if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
      throw new IllegalArgumentException(
          "an age file has 1 to %d recipients, not %d"
              .formatted(MAX_RECIPIENTS, recipients.size()));
    }
    if (content.length > MAX_BYTES - HEADER_ROOM_BYTES) {
      throw new IllegalArgumentException(
          "%d bytes are too many for an age file".formatted(content.length));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      List<RecipientStanzaWriter> writers = new ArrayList<>();
      for (AgeRecipient recipient : recipients) {
        writers.add(recipient.writer());
      }
      try (WritableByteChannel channel =
          new StandardEncryptingChannelFactory()
              .newEncryptingChannel(Channels.newChannel(file), writers)) {
        channel.write(ByteBuffer.wrap(content));
      }
    } catch (GeneralSecurityException e) {
      throw new EnvelopeException(
          Fault.MALFORMED, "a recipient's key is not one of X25519: see age-keygen -y");
    } catch (IOException e) {
      throw new IllegalStateException("an array takes whatever is written", e);
    }
    return file.toByteArray();
  }

  /**
   * Opens a file.
   *
   * @return its content, which the caller zeroes
   * @throws EnvelopeException when it is not sealed to the identity, was changed or cut, is no age
   *     file, or has more than {@link #MAX_BYTES}
   */
  public static byte[] open(byte[] file, AgeIdentity identity) throws EnvelopeException {
    if (file.length > MAX_BYTES) {
      throw new EnvelopeException(
          Fault.OUT_OF_BOUNDS,
          "the age file has %d bytes; %d are allowed".formatted(file.length, MAX_BYTES));
    }
    RecipientStanzaReader reader = identity.reader();
    // What is sealed is always shorter than its file.
    ByteBuffer content = ByteBuffer.allocate(file.length + 1);
    try (ReadableByteChannel channel =
        new StandardDecryptingChannelFactory()
            .newDecryptingChannel(
                Channels.newChannel(new ByteArrayInputStream(file)), List.of(reader))) {
      while (channel.read(content) >= 0) {}
      return Arrays.copyOf(content.array(), content.position());
    } catch (UnsupportedRecipientStanzaException _) {
      throw new EnvelopeException(
          Fault.OTHER_KEY,
          "the age file holds nothing that this identity opens: it is sealed to others or damaged");
    } catch (GeneralSecurityException | IOException | RuntimeException _) {
      // Cut headers make jagged run off the end of its buffer.
      throw new EnvelopeException(
          Fault.NOT_AUTHENTIC, "the age file does not open: it was changed, or is no age file");
    } finally {
      Arrays.fill(content.array(), (byte) 0);
    }
  }
}
