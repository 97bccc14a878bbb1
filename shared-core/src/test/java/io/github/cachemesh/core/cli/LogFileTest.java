package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path work;
  private Path file;
  private LogFile log;

  @BeforeEach
  void open() throws IOException {
    file = work.resolve("node.log");
    log = new LogFile(file);
    log.setFormatter(new LogLine());
  }

  private void write(String message) {
    log.publish(new LogRecord(Level.INFO, message));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void fileBeginsAnewWhenItIsFullAndOnlyItsOwnerReadsEither() throws IOException {
    for (int i = 0; i < 11; i++) {
      write("x".repeat(LogFile.MAX_BYTES / 5));
    }
    assertThat(Files.size(file)).isBetween(1L, (long) LogFile.MAX_BYTES);
    assertThat(Files.size(LogFile.former(file))).isBetween(1L, (long) LogFile.MAX_BYTES);
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(LogFile.former(file))).isEqualTo("rw-------");
    try (var files = Files.list(work)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void recordIsOneLineWhateverItHolds() throws IOException {
    LogRecord record = new LogRecord(Level.WARNING, "a\nb");
    record.setThrown(new IOException("c\r\nd", new IOException("e")));
    log.publish(record);
    assertThat(Files.readString(file))
        .matches("\\S+Z WARNING a b: java.io.IOException: c d: java.io.IOException: e\n");
  }

  @Test
  void tailBeginsAtTheLastLines() throws IOException {
    write("one");
    write("two");
    write("three");
    assertThat(tail(2)).doesNotContain("one").contains("two", "three");
    assertThat(tail(0)).isEmpty();
    assertThat(tail(9)).isEqualTo(Files.readString(file));
  }

  private String tail(int lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LogTail tail = LogTail.of(file, lines)) {
      tail.copyTo(out);
    }
    return out.toString(UTF_8);
  }

  @Test
  void tailGoesOnInTheFileThatBeganAnew() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write("first");
    try (LogTail tail = LogTail.of(file, 10)) {
      tail.copyTo(out);
      write("second");
      write("x".repeat(LogFile.MAX_BYTES - 100));
      write("last");
      tail.copyTo(out);
    }
    assertThat(out.toString(UTF_8)).contains("first", "second", "last");
    assertThat(Files.readString(file)).contains("last").doesNotContain("second");
  }
}
