package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code cachemesh serve} as a process of its own. */
final class ServedNode implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern READY =
      Pattern.compile("cachemesh: ready url=(?<url>\\S+) .*pid=(?<pid>[0-9]+)");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final Path err;

  private ServedNode(Process process, Path err) {
    this.process = process;
    this.err = err;
  }

  /** Starts it; whether it comes up is another question. */
  static ServedNode launch(Path work, Map<String, String> environment, String... options)
      throws IOException {
    Path err = Files.createTempFile(work, "serve", ".err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.cachemesh.core.cli.Main",
                "serve"));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.toUpperCase().matches("CACHE.*|.*_PROXY"));
    builder.environment().putAll(environment);
    return new ServedNode(builder.start(), err);
  }

  static ServedNode ready(Path work, String... options) throws IOException {
    return launch(work, Map.of(), options).awaitReady();
  }

  ServedNode awaitReady() throws IOException {
    await().atMost(PATIENCE).until(() -> READY.matcher(log()).find() || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("serve ended: " + log());
    }
    return this;
  }

  String log() throws IOException {
    return Files.readString(err);
  }

  void awaitLog(String text) {
    await().atMost(PATIENCE).until(() -> log().contains(text));
  }

  String url() throws IOException {
    Matcher ready = READY.matcher(log());
    ready.find();
    return ready.group("url");
  }

  CompletableFuture<HttpResponse<String>> getLater(String path) throws IOException {
    return HTTP.sendAsync(
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Authorization", "Bearer ghp_cli")
            .timeout(PATIENCE)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  String get(String path) throws IOException {
    return getLater(path).join().body();
  }

  /** Writes to its standard input. */
  void tell(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** The next line of its standard output. */
  String hear() throws IOException {
    return process.inputReader(UTF_8).readLine();
  }

  void terminate() {
    process.destroy();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("serve does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
