package io.github.cachemesh.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EntryFormatTest {
  private static final byte[] BODY = "{\"login\":\"octocat\"}".getBytes(UTF_8);
  private static final NoteCodec.Note NOTE = NoteCodec.Note.of("a note", BODY);
  private static final EntryName NAME = NoteCodec.nameOf("a note");

  private final EntryFormat<NoteCodec.Note> format = new EntryFormat<>(new NoteCodec());
  private final byte[] file = file();

  private byte[] file() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(format.encode(NOTE, BODY.length).array());
      out.write(BODY);
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Reading<NoteCodec.Note> entry(byte[] content) throws IOException {
    return format.readEntry(NAME, new ByteArrayInputStream(content), content.length);
  }

  private Reading<byte[]> body(byte[] content) throws IOException {
    return format.readBody(NAME, new ByteArrayInputStream(content), content.length);
  }

  @Test
  void aFileReadsAsItWasWritten() throws IOException {
    assertThat(entry(file)).isEqualTo(new Reading.Found<>(NOTE));
    assertThat(body(file))
        .isInstanceOfSatisfying(
            Reading.Found.class, found -> assertThat(found.value()).isEqualTo(BODY));
  }

  @Test
  void theFormIsFixed() {
    String head = "cachmesh\0\0\0\1\0\0\0\107\0\0\0\0\0\0\0\23";
    assertThat(Arrays.copyOf(file, 24)).isEqualTo(head.getBytes(UTF_8));
    assertThat(NoteCodec.sha256(file))
        .isEqualTo("582ef0d6f26ad0323f9eab01aa5d8124d87c71db7c5ef9db657674a44fa9ccc9");
  }

  @Test
  void aFileCutAnywhereIsDamaged() throws IOException {
    for (int length = 0; length < file.length; length++) {
      assertThat(entry(Arrays.copyOf(file, length))).isInstanceOf(Reading.Damaged.class);
      assertThat(body(Arrays.copyOf(file, length))).isInstanceOf(Reading.Damaged.class);
    }
  }

  @Test
  void aFileWithMoreBehindItIsDamaged() throws IOException {
    assertThat(body(Arrays.copyOf(file, file.length + 1))).isInstanceOf(Reading.Damaged.class);
  }

  @Property(tries = 2000)
  void aFlippedBitIsNeverRead(
      @ForAll @IntRange(max = 7) int bit, @ForAll @IntRange(max = 145) int at) throws IOException {
    byte[] flipped = file.clone();
    flipped[at % file.length] ^= (byte) (1 << bit);
    assertThat(body(flipped)).isInstanceOfAny(Reading.Damaged.class, Reading.Newer.class);
  }

  @Test
  void aLaterVersionIsToldApart() throws IOException {
    byte[] later = file.clone();
    later[11] = 2;
    assertThat(entry(later)).isInstanceOf(Reading.Newer.class);
    assertThat(body(Arrays.copyOf(later, 12))).isInstanceOf(Reading.Newer.class);
  }

  @Test
  void lengthsBeyondTheBoundsAreDamageBeforeAnythingIsAllocated() throws IOException {
    byte[] large = file.clone();
    ByteBuffer.wrap(large).putInt(12, Integer.MAX_VALUE);
    assertThat(entry(large)).isInstanceOf(Reading.Damaged.class);
    ByteBuffer.wrap(large).putInt(12, 71).putLong(16, Long.MAX_VALUE);
    assertThat(body(large)).isInstanceOf(Reading.Damaged.class);
    ByteBuffer.wrap(large).putInt(12, -1).putLong(16, -1);
    assertThat(body(large)).isInstanceOf(Reading.Damaged.class);
  }

  @Test
  void theFileOfAnotherEntryIsDamaged() throws IOException {
    EntryName other = NoteCodec.nameOf("another note");
    assertThat(format.readEntry(other, new ByteArrayInputStream(file), file.length))
        .isInstanceOf(Reading.Damaged.class);
  }

  @Test
  void anEntryBeyondTheBoundsIsNotWritten() {
    NoteCodec.Note large = NoteCodec.Note.of("x".repeat(EntryFormat.MAX_METADATA_BYTES), BODY);
    assertThatExceptionOfType(EntryTooLargeException.class)
        .isThrownBy(() -> format.encode(large, 1));
    assertThatExceptionOfType(EntryTooLargeException.class)
        .isThrownBy(() -> format.encode(NOTE, EntryFormat.MAX_BODY_BYTES + 1L));
  }
}
