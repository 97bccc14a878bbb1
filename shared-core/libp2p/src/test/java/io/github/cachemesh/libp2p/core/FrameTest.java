package io.github.cachemesh.libp2p.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
  private final StreamPair pair = new StreamPair(new ProtocolId("/frames"));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 20_000})
  void messageOfAnyLengthComesThrough(int length) throws IOException {
    byte[] message = new byte[length];
    Frame.write(pair.dialer(), message);

    assertThat(Frame.read(pair.listener(), 20_000)).isEqualTo(message);
  }

  @Test
  void endBeforeALengthIsNoMessage() throws IOException {
    pair.dialer().closeWrite();

    assertThat(Frame.read(pair.listener(), 10)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0b", "ff01", "8000", "ffffffffff", "ffffffff7f"})
  void lengthThatIsTooLargeOrNoVarintIsRefused(String bytes) throws IOException {
    send(bytes);

    assertThatExceptionOfType(ProtocolViolationException.class)
        .isThrownBy(() -> Frame.read(pair.listener(), 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "03", "030102"})
  void endWithinAMessageIsAnError(String bytes) throws IOException {
    send(bytes);

    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> Frame.read(pair.listener(), 10));
  }

  private void send(String bytes) throws IOException {
    pair.dialer().write(ByteBuffer.wrap(HexFormat.of().parseHex(bytes)));
    pair.dialer().closeWrite();
  }
}
