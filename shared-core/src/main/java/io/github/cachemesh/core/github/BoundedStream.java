package io.github.cachemesh.core.github;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An answer's body of at most so many bytes. Whatever ends it early is a {@link
 * GitHubUnavailableException}, so that a part is never taken for the whole.
 */
final class BoundedStream extends FilterInputStream {
  private final Question question;
  private final long maxBytes;
  private long count;

  BoundedStream(InputStream body, Question question, long maxBytes) {
    super(body);
    this.question = question;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read;
    try {
      read = in.read(bytes, offset, length);
    } catch (IOException e) {
      throw Requests.unreachable(question, e);
    }
    count += Math.max(0, read);
    if (count > maxBytes) {
      throw GitHubApi.tooLong(question, maxBytes);
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long left = bytes;
    while (left > 0 && read() >= 0) {
      left--;
    }
    return bytes - left;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
