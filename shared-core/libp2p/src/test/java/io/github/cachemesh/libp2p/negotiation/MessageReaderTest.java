package io.github.cachemesh.libp2p.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {
  private final MessageReader reader = new MessageReader();

  private static ByteBuffer hex(String bytes) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(bytes));
  }

  @Test
  void specifiedMessageIsRead() throws Exception {
    assertThat(reader.take(hex("036e610a"))).isEqualTo("na");
  }

  @Test
  void bytesBehindTheMessageAreLeft() throws Exception {
    ByteBuffer source = hex("036e610a036c73");
    reader.take(source);
    assertThat(source.remaining()).isEqualTo(3);
  }

  @Test
  void messageMayComeByteByByte() throws Exception {
    for (String octet : new String[] {"03", "6e", "61"}) {
      assertThat(reader.take(hex(octet))).isNull();
    }
    assertThat(reader.take(hex("0a"))).isEqualTo("na");
    assertThat(reader.take(hex("036c730a"))).isEqualTo("ls");
  }

  @Test
  void longestMessageIsRead() throws Exception {
    ByteBuffer source = ByteBuffer.allocate(1026).put(hex("8008"));
    while (source.remaining() > 1) {
      source.put((byte) 'x');
    }
    assertThat(reader.take(source.put((byte) '\n').flip())).hasSize(1023);
  }

  @ParameterizedTest
  @CsvSource({
    "8108, at most 1024 bytes",
    "ffff01, at most 1024 bytes",
    "8000, shortest varint",
    "8300, shortest varint",
    "00, is empty",
    "026e61, line feed"
  })
  void malformedMessageIsRefused(String bytes, String reason) {
    assertThatExceptionOfType(ProtocolViolationException.class)
        .isThrownBy(() -> reader.take(hex(bytes)))
        .withMessageContaining(reason);
  }
}
