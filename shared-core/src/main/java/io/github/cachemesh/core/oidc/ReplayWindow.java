package io.github.cachemesh.core.oidc;

import io.github.cachemesh.core.oidc.Admission.Fresh;
import io.github.cachemesh.core.oidc.Admission.Replayed;
import io.github.cachemesh.core.oidc.Admission.Unrecorded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The used tokens whose time ends in the same 5 minutes: a file to which lines are appended, each
 * with a token's name, and what was read of it. All methods are called under the folder's lock.
 *
 * <p>A line that a crash left without its end was never told to anybody, and is written over.
 */
final class ReplayWindow {
  static final Duration LENGTH = Duration.ofMinutes(5);

  /** More than 200 a second. */
  static final int MAX_TOKENS = 65_536;

  /** What the files' names look like. */
  static final String FILES = "used-*";

  private static final Pattern FILE = Pattern.compile("used-([0-9]{1,12})");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int LINE = 44;
  private static final Set<OpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  private final Path file;
  private final Instant end;
  private final Set<String> used = new HashSet<>();
  private long read;
  private boolean named;

  ReplayWindow(Path folder, Instant start) {
    this.file = folder.resolve("used-" + start.getEpochSecond());
    this.end = start.plus(LENGTH);
  }

  /** When the window begins in which that moment is. */
  static Instant startFor(Instant moment) {
    long seconds = moment.getEpochSecond();
    return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, LENGTH.toSeconds()));
  }

  /** The window of a file; empty for a file of another name. */
  static Optional<Instant> startOf(Path file) {
    Matcher matcher = FILE.matcher(file.getFileName().toString());
    return matcher.matches()
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  /** Decides all of them, and lets the fresh ones outlive a crash before it tells. */
  void admit(List<TokenUse> uses) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            OPTIONS,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      readOn(channel);
      Set<String> fresh = new LinkedHashSet<>();
      for (TokenUse use : uses) {
        if (!used.contains(use.name()) && used.size() + fresh.size() < MAX_TOKENS) {
          fresh.add(use.name());
        }
      }
      append(channel, fresh);
      for (TokenUse use : uses) {
        use.decide(outcome(use.name(), fresh));
      }
    }
  }

  /** Of two uses of one token the first takes it out of the fresh ones. */
  private Admission outcome(String name, Set<String> fresh) {
    if (fresh.remove(name)) {
      used.add(name);
      return new Fresh();
    }
    if (used.contains(name)) {
      return new Replayed();
    }
    return new Unrecorded(
        "%s has %d tokens, as many as it may: lower the rate of requests"
            .formatted(file, MAX_TOKENS));
  }

  /** Reads what other processes, or this one before its restart, appended. */
  private void readOn(FileChannel channel) throws IOException {
    long whole = channel.size() - channel.size() % LINE;
    if (whole < read || whole > (long) MAX_TOKENS * LINE) {
      throw damaged();
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) (whole - read));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, read + bytes.position()) < 0) {
        throw damaged();
      }
    }
    String lines = new String(bytes.array(), StandardCharsets.ISO_8859_1);
    for (int at = 0; at < lines.length(); at += LINE) {
      String name = lines.substring(at, at + LINE - 1);
      if (lines.charAt(at + LINE - 1) != '\n' || !NAME.matcher(name).matches()) {
        throw damaged();
      }
      used.add(name);
    }
    read = whole;
  }

  private void append(FileChannel channel, Set<String> names) throws IOException {
    if (names.isEmpty()) {
      return;
    }
    byte[] lines = (String.join("\n", names) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.wrap(lines);
    channel.truncate(read);
    while (bytes.hasRemaining()) {
      channel.write(bytes, read + bytes.position());
    }
    channel.force(true);
    if (!named) {
      // The file's name has to outlive a crash too, whoever made it.
      try (FileChannel folder = FileChannel.open(folder(), StandardOpenOption.READ)) {
        folder.force(true);
      }
      named = true;
    }
    read += lines.length;
  }

  private Path folder() {
    Path folder = file.getParent();
    if (folder == null) {
      throw new IllegalStateException("a window's file lies in a folder");
    }
    return folder;
  }

  private IOException damaged() {
    return new IOException(
        "%s was changed by something else; stop all who use it and remove it after %s"
            .formatted(file, end));
  }
}
