package io.github.cachemesh.libp2p.security.noise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.Role;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] NONE = {};

  private final Handshake dialer = handshake(Role.DIALER, NONE);
  private final Handshake listener = handshake(Role.LISTENER, NONE);

  private static Handshake handshake(Role role, byte[] prologue) {
    return new Handshake(role, KeyPair.generate(RANDOM), () -> KeyPair.generate(RANDOM), prologue);
  }

  @Test
  void staticKeysAreLearntFromTheSecondAndThirdMessage() throws Exception {
    listener.read(dialer.write(NONE));
    assertThat(listener.remoteKey()).isNull();
    dialer.read(listener.write(NONE));
    assertThat(dialer.remoteKey()).hasSize(KeyPair.KEY_BYTES);
    listener.read(dialer.write(NONE));
    assertThat(listener.remoteKey()).hasSize(KeyPair.KEY_BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31})
  void firstMessageWithoutWholeKeyIsTooShort(int length) throws Exception {
    byte[] message = Arrays.copyOf(dialer.write(NONE), length);
    assertThatThrownBy(() -> listener.read(message))
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("message 1 of 3 is too short");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 32, 79, 80, 95})
  void secondMessageThatIsCutOffIsRefused(int length) throws Exception {
    listener.read(dialer.write(NONE));
    byte[] message = Arrays.copyOf(listener.write(NONE), length);
    assertThatThrownBy(() -> dialer.read(message)).isInstanceOf(HandshakeException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 32, 47, 48, 63})
  void thirdMessageThatIsCutOffIsRefused(int length) throws Exception {
    listener.read(dialer.write(NONE));
    dialer.read(listener.write(NONE));
    byte[] message = Arrays.copyOf(dialer.write(NONE), length);
    assertThatThrownBy(() -> listener.read(message)).isInstanceOf(HandshakeException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 80, 96})
  void anyChangedByteIsNoticed(int at) throws Exception {
    listener.read(dialer.write(NONE));
    byte[] message = listener.write(new byte[1]);
    message[at] ^= 1;
    assertThatThrownBy(() -> dialer.read(message))
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("message 2 of 3 does not belong to this handshake");
  }

  @Test
  void messageOfAnotherHandshakeIsRefused() throws Exception {
    Handshake before = handshake(Role.DIALER, NONE);
    listener.read(before.write(NONE));
    byte[] replayed = listener.write(NONE);
    before.read(replayed);
    dialer.write(NONE);
    assertThatThrownBy(() -> dialer.read(replayed)).isInstanceOf(HandshakeException.class);
  }

  @Test
  void messageIsNotTakenTwice() throws Exception {
    byte[] first = dialer.write(NONE);
    listener.read(first);
    listener.write(NONE);
    assertThatThrownBy(() -> listener.read(first)).isInstanceOf(HandshakeException.class);
  }

  @Test
  void pointOfSmallOrderIsRefusedAsEphemeralKey() throws Exception {
    listener.read(new byte[KeyPair.KEY_BYTES]);
    assertThatThrownBy(() -> listener.write(NONE))
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("small order");
  }

  @Test
  void messageLongerThanNoiseAllowsIsRefused() {
    byte[] message = new byte[Handshake.MAX_MESSAGE_BYTES + 1];
    assertThatThrownBy(() -> listener.read(message))
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("65536 bytes");
  }

  @Test
  void prologueMustBeTheSame() throws Exception {
    Handshake other = handshake(Role.LISTENER, "another".getBytes(UTF_8));
    other.read(dialer.write(NONE));
    byte[] message = other.write(NONE);
    assertThatThrownBy(() -> dialer.read(message)).isInstanceOf(HandshakeException.class);
  }

  @Test
  void turnsAreKept() {
    assertThatThrownBy(() -> listener.write(NONE)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> dialer.read(new byte[32])).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(dialer::split).isInstanceOf(IllegalStateException.class);
  }
}
