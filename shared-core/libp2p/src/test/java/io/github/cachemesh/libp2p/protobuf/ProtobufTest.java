package io.github.cachemesh.libp2p.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the examples of protobuf's documentation of its encoding. */
class ProtobufTest {
  @Test
  void publishedMessagesAreWritten() {
    assertThat(new ProtobufWriter().uint64(1, 150).toBytes()).isEqualTo(hex("089601"));
    assertThat(new ProtobufWriter().string(2, "testing").toBytes())
        .isEqualTo(hex("120774657374696e67"));
    assertThat(new ProtobufWriter().message(3, new ProtobufWriter().uint64(1, 150)).toBytes())
        .isEqualTo(hex("1a03089601"));
  }

  @Test
  void everyKindOfFieldIsReadAsItWasWritten() {
    byte[] bytes =
        new ProtobufWriter()
            .uint64(1, -1)
            .bool(2, true)
            .fixed64(3, 0x1122334455667788L)
            .bytes(4, hex("00ff"))
            .string(5, "äöü")
            .message(536_870_911, new ProtobufWriter().uint64(1, 7))
            .toBytes();

    ProtobufReader in = new ProtobufReader("Test", bytes);
    assertField(in, 1);
    assertThat(in.uint64()).isEqualTo(-1);
    assertField(in, 2);
    assertThat(in.bool()).isTrue();
    assertField(in, 3);
    assertThat(in.fixed64()).isEqualTo(0x1122334455667788L);
    assertField(in, 4);
    assertThat(in.bytes(2)).isEqualTo(hex("00ff"));
    assertField(in, 5);
    assertThat(in.string(6)).isEqualTo("äöü");
    assertField(in, 536_870_911);
    ProtobufReader inner = in.message("Inner");
    assertField(inner, 1);
    assertThat(inner.uint64()).isEqualTo(7);
    assertThat(inner.next()).isFalse();
    assertThat(in.next()).isFalse();
  }

  @Test
  void valuesThatAreNotAskedForAreSkipped() {
    byte[] bytes =
        hex("08ffffffffffffffffff01" + "110102030405060708" + "1203616263" + "1d01020304" + "2001");

    ProtobufReader in = new ProtobufReader("Test", bytes);
    int last = 0;
    while (in.next()) {
      last = in.field();
    }

    assertThat(last).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "08, ends early",
    "80, ends early",
    "0880, ends early",
    "08ffffffffffffffffffff01, varint of more than 10 bytes",
    "11010203, ends early",
    "1d0102, ends early",
    "1205616263, ends early",
    "12ffffffffffffffffff01, at most",
    "12ffffffff07, ends early",
    "00, malformed tag",
    "8080808010, malformed tag",
    "0b0c, wire type 3",
    "0c, wire type 4",
    "0e, wire type 6"
  })
  void malformedMessageIsRefusedWithItsName(String hex, String fault) {
    ProtobufReader in = new ProtobufReader("Test", hex(hex));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              while (in.next()) {
                assertThat(in.field()).isPositive();
              }
            })
        .withMessageContainingAll("Test", fault);
  }

  @Test
  void valueBeyondItsFieldsBoundIsRefused() {
    ProtobufReader in = new ProtobufReader("Test", hex("1203616263"));
    assertField(in, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> in.bytes(2))
        .withMessage("Test: field 2 has 3 bytes, at most 2 are allowed");
  }

  @Test
  void valueOfAnotherTypeIsRefused() {
    ProtobufReader in = new ProtobufReader("Test", hex("1203616263"));
    assertField(in, 2);

    assertThatIllegalArgumentException().isThrownBy(in::uint64).withMessageContaining("field 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1201ff", "1203eda080", "1202c080"})
  void textThatIsNotUtf8IsRefused(String hex) {
    ProtobufReader in = new ProtobufReader("Test", hex(hex));
    assertField(in, 2);

    assertThatIllegalArgumentException().isThrownBy(() -> in.string(9));
  }

  @Test
  void innerMessageCannotReadBeyondItsEnd() {
    ProtobufReader in = new ProtobufReader("Test", hex("0a020a05" + "1203616263"));
    assertField(in, 1);
    ProtobufReader inner = in.message("Inner");
    assertField(inner, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> inner.bytes(9))
        .withMessage("Inner: field 1 ends early");
    assertField(in, 2);
  }

  private static void assertField(ProtobufReader in, int field) {
    assertThat(in.next()).isTrue();
    assertThat(in.field()).isEqualTo(field);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
