package io.github.cachemesh.core.git;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * SHA-256 over a list of values, each with its length, so that no two lists are the same bytes. Not
 * thread-safe.
 */
final class CanonicalDigest {
  private static final int BUFFER_BYTES = 16 << 10;

  private final MessageDigest sha256 = FileHash.digest("SHA-256");

  /** The digest is slow for small pieces. */
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  CanonicalDigest put(int value) {
    room(Integer.BYTES);
    buffer.putInt(value);
    return this;
  }

  CanonicalDigest put(ObjectId id) {
    room(Constants.OBJECT_ID_LENGTH);
    id.copyRawTo(buffer);
    return this;
  }

  CanonicalDigest put(String text) {
    return put(text.getBytes(StandardCharsets.UTF_8));
  }

  CanonicalDigest put(byte[] bytes) {
    put(bytes.length);
    room(bytes.length);
    if (bytes.length > buffer.remaining()) {
      sha256.update(bytes);
    } else {
      buffer.put(bytes);
    }
    return this;
  }

  /** In hexadecimal; ends the list. */
  String hex() {
    flush();
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() {
    sha256.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
