package io.github.cachemesh.core.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeFileTest {
  private static final byte[] CONTENT = "thirty-two bytes are what keys have".getBytes(UTF_8);

  /** Somebody with a key pair of age. */
  record Person(AgeRecipient recipient, AgeIdentity identity, String secret) {
    static Person fresh() throws NoSuchAlgorithmException, EnvelopeException {
      KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
      String secret = new String(pair.getPrivate().getEncoded(), UTF_8);
      return new Person(
          AgeRecipient.parse(pair.getPublic().toString()),
          AgeIdentity.parse(secret.toCharArray()),
          secret);
    }
  }

  @Test
  void eachRecipientOpensAlone() throws Exception {
    Person alice = Person.fresh();
    Person bob = Person.fresh();
    byte[] file = AgeFile.seal(CONTENT, List.of(alice.recipient(), bob.recipient()));
    assertThat(new String(file, UTF_8)).startsWith("age-encryption.org/v1\n-> X25519 ");
    assertThat(AgeFile.open(file, alice.identity())).isEqualTo(CONTENT);
    assertThat(AgeFile.open(file, bob.identity())).isEqualTo(CONTENT);
  }

  @Test
  void nobodyElseOpens() throws Exception {
    byte[] file = AgeFile.seal(CONTENT, List.of(Person.fresh().recipient()));
    Person other = Person.fresh();
    assertThat(Refusal.of(() -> AgeFile.open(file, other.identity()))).isEqualTo(Fault.OTHER_KEY);
  }

  @Test
  void everyChangedByteIsFound() throws Exception {
    Person person = Person.fresh();
    byte[] file = AgeFile.seal(CONTENT, List.of(person.recipient()));
    for (int i = 0; i < file.length; i++) {
      byte[] changed = file.clone();
      changed[i] ^= 1;
      Refusal.of(() -> AgeFile.open(changed, person.identity()));
    }
  }

  @Test
  void everyCutFileIsRefused() throws Exception {
    Person person = Person.fresh();
    byte[] file = AgeFile.seal(CONTENT, List.of(person.recipient()));
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      Refusal.of(() -> AgeFile.open(cut, person.identity()));
    }
  }

  @Test
  void contentOfSeveralChunksComesBack() throws Exception {
    Person person = Person.fresh();
    byte[] content = new byte[3 * (1 << 16)];
    byte[] file = AgeFile.seal(content, List.of(person.recipient()));
    assertThat(AgeFile.open(file, person.identity())).isEqualTo(content);
  }

  @Test
  void boundsAreKept() throws Exception {
    Person person = Person.fresh();
    AgeRecipient recipient = person.recipient();
    assertThatIllegalArgumentException().isThrownBy(() -> AgeFile.seal(CONTENT, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                AgeFile.seal(CONTENT, Collections.nCopies(AgeFile.MAX_RECIPIENTS + 1, recipient)));
    byte[] tooLong = new byte[AgeFile.MAX_BYTES + 1];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgeFile.seal(tooLong, List.of(recipient)));
    assertThat(Refusal.of(() -> AgeFile.open(tooLong, person.identity())))
        .isEqualTo(Fault.OUT_OF_BOUNDS);
  }

  @Test
  void fileForTheMostRecipientsOpens() throws Exception {
    Person person = Person.fresh();
    byte[] file =
        AgeFile.seal(CONTENT, Collections.nCopies(AgeFile.MAX_RECIPIENTS, person.recipient()));
    assertThat(AgeFile.open(file, person.identity())).isEqualTo(CONTENT);
  }

  @Test
  void closedIdentityOpensNothing() throws Exception {
    Person person = Person.fresh();
    byte[] file = AgeFile.seal(CONTENT, List.of(person.recipient()));
    person.identity().close();
    assertThatIllegalStateException().isThrownBy(() -> AgeFile.open(file, person.identity()));
  }

  @Test
  void wrongIdentityIsNotQuoted() throws Exception {
    String secret = Person.fresh().secret();
    for (String wrong :
        List.of(secret.substring(0, 60), secret + "Q", secret.toLowerCase(), secret + "é", "")) {
      assertThatExceptionOfType(EnvelopeException.class)
          .isThrownBy(() -> AgeIdentity.parse(wrong.toCharArray()))
          .withNoCause()
          .withMessageStartingWith("not an X25519 identity of age");
    }
    assertThat(Person.fresh().identity()).hasToString("AgeIdentity");
  }

  @Test
  void identityGivenAsRecipientIsNotQuoted() throws Exception {
    String secret = Person.fresh().secret();
    assertThatExceptionOfType(EnvelopeException.class)
        .isThrownBy(() -> AgeRecipient.parse(secret))
        .withNoCause()
        .withMessageStartingWith("not an X25519 recipient of age");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "age1", "age1é", "ssh-ed25519 AAAA", "age1qqqqqqqqqqqqqqqqqqqqqqqqqqq"})
  void otherTextsAreNoRecipient(String text) {
    assertThat(Refusal.of(() -> AgeRecipient.parse(text))).isEqualTo(Fault.MALFORMED);
  }

  @Test
  void recipientOfSmallOrderIsRefused() throws Exception {
    AgeRecipient zero =
        AgeRecipient.parse(Bech32.getEncoder().encode("age", new byte[32]).toString());
    assertThat(Refusal.of(() -> AgeFile.seal(CONTENT, List.of(zero)))).isEqualTo(Fault.MALFORMED);
  }
}
