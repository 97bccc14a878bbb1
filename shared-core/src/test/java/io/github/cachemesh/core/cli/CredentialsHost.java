package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A user's home with a store, its owner's key and an audit log, and a person at the terminal. */
final class CredentialsHost {
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  final Path home;
  final Path store;
  final Path ownerKey;
  final Map<String, String> environment = new HashMap<>();
  final Deque<String> answers = new ArrayDeque<>();
  final List<String> questions = new ArrayList<>();
  boolean terminalShows;
  private Instant now = NOW;

  CredentialsHost(Path home) {
    this.home = home;
    this.store = home.resolve("work/credentials.cmstore");
    this.ownerKey = home.resolve("owner.key");
  }

  /** Made by {@code init} with a key file. */
  static CredentialsHost withStore(Path home) {
    CredentialsHost host = new CredentialsHost(home);
    CommandRun made = host.run("init", "--new-key-file", host.ownerKey.toString());
    if (made.exitCode() != 0) {
      throw new AssertionError(made);
    }
    host.environment.put("CACHEMESH_CREDENTIALS_KEY", host.text(host.ownerKey));
    return host;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  CommandRun run(String... arguments) {
    return given("", arguments);
  }

  /** Stores a value for ever in a scope. */
  CommandRun set(String name, String scope, String value) {
    return given(value, "set", name, "--scope", scope, "--expires", "never", "--stdin");
  }

  /** Runs a command of {@code credentials} with standard input. */
  CommandRun given(String input, String... arguments) {
    List<String> line = new ArrayList<>(List.of("credentials"));
    line.addAll(List.of(arguments));
    if (!List.of("audit").contains(arguments[0])) {
      line.addAll(List.of("--store", store.toString()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        CommandTree.of(
                new Surroundings(
                    environment,
                    home,
                    Clock.fixed(now, ZoneOffset.UTC),
                    new ByteArrayInputStream(input.getBytes(UTF_8)),
                    new PrintStream(out, true, UTF_8),
                    new PrintStream(err, true, UTF_8),
                    new Person()))
            .execute(line.toArray(String[]::new));
    return new CommandRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  private final class Person implements Terminal {
    @Override
    public Optional<byte[]> ask(String question) {
      questions.add(question);
      return Optional.ofNullable(answers.poll()).map(answer -> answer.getBytes(UTF_8));
    }

    @Override
    public boolean isShown() {
      return terminalShows;
    }
  }

  Path auditFolder() {
    return home.resolve(".local/state/cachemesh/audit");
  }

  Path auditFile() {
    return auditFolder().resolve("audit-000000000000000001.jsonl");
  }

  List<String> auditLines() throws IOException {
    return Files.readAllLines(auditFile());
  }

  String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Everything that was written below the home, but for named files. */
  String writtenBut(Path... secret) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!List.of(secret).contains(file)) {
          all.append(Files.readString(file, ISO_8859_1));
        }
      }
    }
    return all.toString();
  }
}
