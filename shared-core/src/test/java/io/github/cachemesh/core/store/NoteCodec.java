package io.github.cachemesh.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The smallest entries there are: a text, a body's digest and a line feed between them. */
final class NoteCodec implements EntryCodec<NoteCodec.Note> {
  record Note(String text, String bodySha256) {
    static Note of(String text, byte[] body) {
      return new Note(text, sha256(body));
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static EntryName nameOf(String text) {
    return new EntryName(
        sha256(text.substring(0, 1).getBytes(UTF_8)), sha256(text.getBytes(UTF_8)));
  }

  @Override
  public EntryName name(Note note) {
    return nameOf(note.text());
  }

  @Override
  public String bodySha256(Note note) {
    return note.bodySha256();
  }

  @Override
  public byte[] encode(Note note) {
    return (note.bodySha256() + "\n" + note.text()).getBytes(UTF_8);
  }

  @Override
  public Note decode(byte[] metadata) {
    String text = new String(metadata, UTF_8);
    int end = text.indexOf('\n');
    if (end < 0 || end == text.length() - 1) {
      throw new IllegalArgumentException("not a note");
    }
    return new Note(text.substring(end + 1), text.substring(0, end));
  }
}
