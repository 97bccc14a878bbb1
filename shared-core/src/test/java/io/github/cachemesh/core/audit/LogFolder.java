package io.github.cachemesh.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.MacKey;
import io.github.cachemesh.core.envelope.RootKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A log of tests, under a key that is known, and its files as whoever can write them sees them. */
record LogFolder(Path folder) {
  static final Instant NOW = Instant.parse("2026-11-22T21:51:54.25Z");

  static MacKey key(int which) {
    byte[] secret = new byte[RootKey.BYTES];
    Arrays.fill(secret, (byte) which);
    try (RootKey root = KeyKind.ROOT.of(secret)) {
      return AuditKey.of(root);
    }
  }

  static AuditEvent event(String what) {
    return new AuditEvent(
        AuditAction.GRANT, "repository 1296269", what, "grant 2", AuditOutcome.DONE);
  }

  AuditLog log() {
    return log(AuditLog.MAX_FILE_BYTES);
  }

  AuditLog log(long maxFileBytes) {
    return new AuditLog(folder, key(1), InstantSource.fixed(NOW), maxFileBytes);
  }

  /** Appends events that are called 1, 2 and so on. */
  AuditHead filled(int events) throws IOException {
    return filled(events, AuditLog.MAX_FILE_BYTES);
  }

  AuditHead filled(int events, long maxFileBytes) throws IOException {
    AuditLog log = log(maxFileBytes);
    AuditHead head = AuditHead.START;
    for (int i = 1; i <= events; i++) {
      head = log.append(event(Integer.toString(i)));
    }
    return head;
  }

  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  Path file() throws IOException {
    return files().getFirst();
  }

  List<String> lines() throws IOException {
    return Files.readAllLines(file(), US_ASCII);
  }

  void rewrite(List<String> lines) throws IOException {
    Files.writeString(file(), String.join("\n", lines) + "\n", US_ASCII);
  }

  List<String> whats() throws IOException {
    List<String> whats = new ArrayList<>();
    log().read(entry -> whats.add(entry.event().what()));
    return whats;
  }
}
