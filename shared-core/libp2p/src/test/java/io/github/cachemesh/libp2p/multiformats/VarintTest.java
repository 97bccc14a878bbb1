package io.github.cachemesh.libp2p.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VarintTest {
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "127, 7f",
    "128, 8001",
    "255, ff01",
    "300, ac02",
    "16384, 808001",
    "9223372036854775807, ffffffffffffffff7f"
  })
  void publishedExamplesAreWrittenAndRead(long value, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(Varint.encode(value)).isEqualTo(bytes);
    assertThat(Varint.size(value)).isEqualTo(bytes.length);
    assertThat(Varint.read(ByteBuffer.wrap(bytes))).isEqualTo(value);
    assertThat(Varint.tryRead(Unpooled.wrappedBuffer(bytes))).hasValue(value);
  }

  @Test
  void nettysBufferIsWrittenAlike() {
    ByteBuf out = Unpooled.buffer();

    Varint.write(16384, out);

    assertThat(out).isEqualTo(Unpooled.wrappedBuffer(Varint.encode(16384)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8000", "ff00", "808000", "80808080808080808000"})
  void longerFormThanNeededIsRefused(String hex) {
    assertRefused(hex);
  }

  @ParameterizedTest
  @ValueSource(strings = {"80808080808080808001", "ffffffffffffffffffff", "ffffffffffffffffff"})
  void moreThanNineBytesAreRefused(String hex) {
    assertRefused(hex);
  }

  private static void assertRefused(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatIllegalArgumentException().isThrownBy(() -> Varint.read(ByteBuffer.wrap(bytes)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Varint.tryRead(Unpooled.wrappedBuffer(bytes)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "ffffffffffffffff"})
  void inputThatEndsEarlyIsToldApartFromMalformedInput(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThatThrownBy(() -> Varint.read(ByteBuffer.wrap(bytes)))
        .isInstanceOf(BufferUnderflowException.class);
    assertThat(Varint.tryRead(Unpooled.wrappedBuffer(bytes))).isEmpty();
  }

  @Test
  void bufferStaysAsItIsUntilTheVarintIsWhole() {
    ByteBuf in = Unpooled.buffer().writeByte(0xac);

    assertThat(Varint.tryRead(in)).isEmpty();
    assertThat(in.readerIndex()).isZero();

    in.writeByte(0x02).writeByte(0x2a);
    assertThat(Varint.tryRead(in)).hasValue(300);
    assertThat(in.readableBytes()).isEqualTo(1);
  }

  @Test
  void negativeNumberIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Varint.encode(-1));
  }
}
