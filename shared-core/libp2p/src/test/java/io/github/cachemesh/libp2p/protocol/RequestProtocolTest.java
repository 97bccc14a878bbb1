package io.github.cachemesh.libp2p.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.StreamPair;
import io.github.cachemesh.libp2p.core.StreamResetException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestProtocolTest {
  private static final ProtocolId ID = new ProtocolId("/count/1");

  private final RequestProtocol<String, Integer> protocol =
      new RequestProtocol<>(ID, new Text(), new Number(), Duration.ofSeconds(5));
  private final StreamPair pair = new StreamPair(ID);

  @Test
  void requestIsAnswered() throws IOException {
    pair.answeredBy(protocol.answering((question, _) -> question.length()));

    assertThat(protocol.ask(pair.connection(), "four")).isEqualTo(4);
    assertThat(pair.dialer().isWriteClosed()).isTrue();
  }

  @Test
  void refusalResetsTheStream() {
    pair.answeredBy(
        protocol.answering(
            (_, _) -> {
              throw new IOException("not to you");
            }));

    assertThatExceptionOfType(StreamResetException.class)
        .isThrownBy(() -> protocol.ask(pair.connection(), "four"));
  }

  @Test
  void answerAboveTheBoundIsRefusedBeforeItIsRead() {
    pair.answeredBy(stream -> stream.write(ByteBuffer.wrap(new byte[] {5})));

    assertThatExceptionOfType(ProtocolViolationException.class)
        .isThrownBy(() -> protocol.ask(pair.connection(), "four"))
        .withMessage("a message of 5 bytes, where 4 are allowed");
    assertThat(pair.dialer().resetBy()).isInstanceOf(ProtocolViolationException.class);
  }

  @Test
  void answerThatCannotBeDecodedNamesTheProtocol() {
    pair.answeredBy(stream -> stream.write(ByteBuffer.wrap(new byte[] {1, 0})));

    assertThatExceptionOfType(ProtocolViolationException.class)
        .isThrownBy(() -> protocol.ask(pair.connection(), "four"))
        .withMessage("/count/1: a number has four bytes");
  }

  @Test
  void endWithoutAnAnswerIsAnError() {
    pair.answeredBy(_ -> {});

    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> protocol.ask(pair.connection(), "four"));
  }

  @Test
  void answerCutOffIsAnError() {
    pair.answeredBy(stream -> stream.write(ByteBuffer.wrap(new byte[] {4, 0, 0})));

    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> protocol.ask(pair.connection(), "four"));
  }

  @Test
  void requestThatCannotBeReadResetsTheStream() throws IOException {
    pair.answeredBy(protocol.answering((question, _) -> question.length()));
    pair.dialer().write(ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) 0xff, 0x7f}));

    assertThatIOException().isThrownBy(() -> pair.dialer().read(ByteBuffer.allocate(1)));
    assertThat(pair.listener().resetBy()).hasMessageContaining("16 are allowed");
  }

  @Test
  void peerWithoutTheProtocolIsNotAsked() {
    StreamPair other = new StreamPair(new ProtocolId("/other"));

    assertThatExceptionOfType(NegotiationException.class)
        .isThrownBy(() -> protocol.ask(other.connection(), "four"));
  }

  private record Text() implements Codec<String> {
    @Override
    public int maxBytes() {
      return 16;
    }

    @Override
    public byte[] encode(String message) {
      return message.getBytes(UTF_8);
    }

    @Override
    public String decode(byte[] bytes) {
      return new String(bytes, UTF_8);
    }
  }

  private record Number() implements Codec<Integer> {
    @Override
    public int maxBytes() {
      return 4;
    }

    @Override
    public byte[] encode(Integer message) {
      return ByteBuffer.allocate(4).putInt(message).array();
    }

    @Override
    public Integer decode(byte[] bytes) {
      if (bytes.length != 4) {
        throw new IllegalArgumentException("a number has four bytes");
      }
      return ByteBuffer.wrap(bytes).getInt();
    }
  }
}
