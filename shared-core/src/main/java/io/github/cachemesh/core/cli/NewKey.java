package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.credential.KeySource;
import io.github.cachemesh.core.credential.KeyTarget;
import io.github.cachemesh.core.credential.KeyText;
import io.github.cachemesh.core.credential.RawKey;
import io.github.cachemesh.core.credential.StoreId;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A key that somebody is given, and the file that it is written to where it is a random one. */
final class NewKey implements AutoCloseable {
  private final KeyTarget target;
  private final String name;
  private final @Nullable RawKey random;
  private final @Nullable Path file;

  /**
   * @param name what opens the store then, for people
   */
  NewKey(KeyTarget target, String name) {
    this.target = target;
    this.name = name;
    this.random = null;
    this.file = null;
  }

  NewKey(RawKey random, Path file) {
    this.target = random;
    this.name = file.toString();
    this.random = random;
    this.file = file;
  }

  KeyTarget target() {
    return target;
  }

  /** What opens the store then. */
  @Override
  public String toString() {
    return name;
  }

  /**
   * Writes the key where it has a file.
   *
   * @throws IOException also when the file is there
   */
  void write(StoreId store, Instant now) throws IOException {
    if (random == null || file == null) {
      return;
    }
    byte[] text = KeyText.of(store, random);
    byte[] line = Arrays.copyOf(text, text.length + 1);
    line[text.length] = '\n';
    try {
      if (!PrivateFiles.create(file, now, ByteBuffer.wrap(line))) {
        throw CommandFailure.failed("%s is there already".formatted(file));
      }
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(line, (byte) 0);
    }
  }

  @Override
  public void close() {
    if (target instanceof KeySource source) {
      source.close();
    }
  }
}
