package io.github.cachemesh.core.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.store.ExclusiveFile;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest generation of each store that a host has seen, in a file of one line for each; what it
 * says only grows.
 */
record HostState(Path folder, Duration patience, InstantSource clock) {
  private static final Pattern LINE = Pattern.compile("([1-9][0-9]{0,15}) ([0-9a-f]{64})\n");
  private static final int MAX_BYTES = 128;

  /**
   * What was seen.
   *
   * @param digest of the file
   */
  record Seen(long generation, String digest) {}

  /**
   * What was seen of a store.
   *
   * @throws StoreRefusedException {@link Fault#CORRUPT} when what is remembered is damaged
   */
  Optional<Seen> seen(StoreId store) throws IOException {
    Path file = file(store);
    byte[] bytes;
    try (InputStream input = Files.newInputStream(file)) {
      bytes = input.readNBytes(MAX_BYTES);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    Matcher line = LINE.matcher(new String(bytes, US_ASCII));
    if (!line.matches()) {
      throw new StoreRefusedException(
          Fault.CORRUPT,
          ("%s should say which generation of the store this host has seen, and is damaged: write"
                  + " it anew as GENERATION SHA-256, or remove it to trust the store as it is")
              .formatted(file));
    }
    return Optional.of(new Seen(Long.parseLong(line.group(1)), line.group(2)));
  }

  /** Remembers a store, unless a later one was seen. */
  void remember(StoreId store, Seen now) throws IOException {
    if (isKnown(store, now)) {
      return;
    }
    Path file = file(store);
    try (ExclusiveFile.Held _ = StoreLock.acquire(file, patience)) {
      if (!isKnown(store, now)) {
        String line = "%d %s\n".formatted(now.generation(), now.digest());
        PrivateFiles.replace(file, clock.instant(), ByteBuffer.wrap(line.getBytes(US_ASCII)));
      }
    }
  }

  private boolean isKnown(StoreId store, Seen now) throws IOException {
    return seen(store).filter(before -> before.generation() >= now.generation()).isPresent();
  }

  private Path file(StoreId store) {
    return folder.resolve(store.text());
  }
}
