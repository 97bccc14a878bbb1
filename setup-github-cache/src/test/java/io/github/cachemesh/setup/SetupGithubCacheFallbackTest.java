package io.github.cachemesh.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupGithubCacheFallbackTest {
  private static final NodeLauncher NO_NODE =
      (_, _, _) -> {
        throw new AssertionError("no node is to be started");
      };

  @TempDir Path temp;
  private Step step;

  @BeforeEach
  void prepare() throws IOException {
    step = new Step(temp);
  }

  @Test
  void cacheFolderThatCannotBeMade() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertFallback(
        step.with("cache-dir", file.resolve("cache").toString()).main(NO_NODE),
        "file is no folder",
        "'cache-dir'");
  }

  @Test
  void malformedUpstream() throws IOException {
    assertFallback(
        step.with("upstream", "github").main(NO_NODE), "input upstream", "http or https address");
  }

  @Test
  void wrongConfigurationIsNamedWithFileLineAndKey() throws IOException {
    Step.Result result = step.config("cache:\n  max_size: many\n").main(NO_NODE);

    assertFallback(result, "cache-config.yml:2", "cache.max_size");
    assertThat(result.warnings().getFirst())
        .startsWith("::warning file=")
        .contains(".github/cache-config.yml,line=2::");
  }

  @Test
  void configurationFileThatIsMissing() throws IOException {
    assertFallback(step.with("config-file", "no.yml").main(NO_NODE), "'config-file'", "no.yml");
  }

  @Test
  void nodeUrlWhereNobodyAnswers() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertFallback(
        step.with("node-url", "http://127.0.0.1:" + port).main(NO_NODE),
        "'node-url'",
        "no cache node answers");
  }

  @Test
  void nodeUrlWhereSomethingElseAnswers() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    other.start();
    try {
      assertFallback(
          step.with("node-url", "http://127.0.0.1:" + other.getAddress().getPort()).main(NO_NODE),
          "is no cache node");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void nodeUrlThatIsNone() throws IOException {
    assertFallback(step.with("node-url", "not a url").main(NO_NODE), "'node-url'", "is no URL");
  }

  @Test
  void nodeThatEndsAtOnceIsQuoted() throws IOException {
    NodeLauncher dying =
        (_, home, _) -> {
          Files.write(home.console(), "Address already in use\n".getBytes(UTF_8));
          return new Dead();
        };

    assertFallback(step.main(dying), "ended at once", "Address already in use");
    assertThat(temp.resolve("home/.cache/github-api-p2p/nodes")).isEmptyDirectory();
  }

  @Test
  void errorOfOurOwnDoesNotFailTheJobEither() throws IOException {
    NodeLauncher broken =
        (_, _, _) -> {
          throw new IllegalStateException();
        };

    assertFallback(step.main(broken), "IllegalStateException");
  }

  @Test
  void postAfterAFallbackHasNothingToDo() throws IOException {
    Step.Result post = step.run(NO_NODE, "post");

    assertThat(post.exitCode()).isZero();
    assertThat(post.warnings()).isEmpty();
  }

  @Test
  void disabledCacheIsNoReasonToWarn() throws IOException {
    Step.Result result = step.config("cache:\n  enabled: false\n").main(NO_NODE);

    assertThat(result.exitCode()).isZero();
    assertThat(result.warnings()).isEmpty();
    assertThat(result.exported()).isFalse();
    assertThat(result.outputs())
        .containsEntry("cache-status", "disabled")
        .containsEntry("api-url", "https://ghe.example.com/api/v3");
  }

  @Test
  void tokenIsMaskedBeforeAnythingElseIsSaid() throws IOException {
    step.config("cache:\n  enabled: false\n").with("github-token", "ghs_0123456789");

    Step.Result result = step.main(NO_NODE);

    assertThat(result.log().stream().takeWhile(line -> line.startsWith("::add-mask::")))
        .contains("::add-mask::ghs_0123456789");
  }

  private static void assertFallback(Step.Result result, String... reasons) {
    assertThat(result.exitCode()).isZero();
    assertThat(result.warnings()).hasSize(1).first().asString().contains(reasons);
    assertThat(result.log()).noneMatch(line -> line.startsWith("::error"));
    assertThat(result.exported()).as("gh is left alone").isFalse();
    assertThat(result.outputs())
        .containsEntry("cache-status", "fallback")
        .containsEntry("peer-count", "0")
        .containsEntry("api-url", "https://ghe.example.com/api/v3")
        .containsEntry("container-api-url", "https://ghe.example.com/api/v3")
        .containsEntry("socket-path", "")
        .containsEntry("cache-dir", "")
        .containsEntry("stats-file", "");
  }

  /** A process that has ended already. */
  private record Dead() implements NodeLauncher.Launched {
    @Override
    public boolean awaitEnd(Duration limit) {
      return true;
    }

    @Override
    public void stop() {}
  }
}
