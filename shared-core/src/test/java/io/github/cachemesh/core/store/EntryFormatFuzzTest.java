package io.github.cachemesh.core.store;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class EntryFormatFuzzTest {
  private final EntryFormat<NoteCodec.Note> format = new EntryFormat<>(new NoteCodec());

  /** Whatever a file holds, reading it ends in an outcome, and only a checked body is found. */
  @FuzzTest(maxDuration = "10s")
  void anyFileIsReadWithoutFailure(byte[] file) throws IOException {
    EntryName name = NoteCodec.nameOf("a note");
    format.readEntry(name, new ByteArrayInputStream(file), file.length);
    Reading<byte[]> reading = format.readBody(name, new ByteArrayInputStream(file), file.length);
    if (reading instanceof Reading.Found<byte[]>(byte[] body) && body.length > file.length) {
      throw new AssertionError("found more than there was");
    }
  }
}
