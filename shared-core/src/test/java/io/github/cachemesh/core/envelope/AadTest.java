package io.github.cachemesh.core.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AadTest {

  @Test
  void fieldsAreWrittenWithTheirLengths() {
    assertThat(HexFormat.of().formatHex(Aad.of("é", "").and(258L).and(new byte[] {9}).bytes()))
        .isEqualTo("00000002c3a9" + "00000000" + "000000080000000000000102" + "0000000109");
  }

  @Test
  void noFieldIsNoByte() {
    assertThat(Aad.none().bytes()).isEmpty();
    assertThat(Aad.of().bytes()).isEmpty();
  }

  @Property(tries = 200)
  void fieldsCanBeReadBackSoThatNoTwoListsAreTheSame(@ForAll List<byte[]> fields) {
    Aad all = Aad.none();
    for (byte[] field : fields) {
      all = all.and(field);
    }
    ByteBuffer written = ByteBuffer.wrap(all.bytes());
    List<byte[]> read = new ArrayList<>();
    while (written.hasRemaining()) {
      byte[] field = new byte[written.getInt()];
      written.get(field);
      read.add(field);
    }
    assertThat(read).containsExactlyElementsOf(fields);
  }

  @Test
  void halfASurrogatePairIsRefused() {
    assertThat(new String(new byte[] {'?'}, UTF_8).getBytes(UTF_8))
        .as("what getBytes makes of it, as of a question mark")
        .isEqualTo("\ud83d".getBytes(UTF_8));
    assertThatIllegalArgumentException().isThrownBy(() -> Aad.of("a", "\ud83d"));
  }

  @Test
  void moreThanTheBoundIsRefused() {
    Aad full = Aad.none().and(new byte[Aad.MAX_BYTES - Integer.BYTES]);
    assertThat(full.bytes()).hasSize(Aad.MAX_BYTES);
    assertThatIllegalArgumentException().isThrownBy(() -> full.and(""));
  }
}
