package io.github.cachemesh.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  @TempDir Path home;

  static Stream<List<String>> commands() {
    CommandLine tree =
        CommandTree.of(
            new Surroundings(
                Map.of(), Path.of("/"), Clock.systemUTC(), System.in, System.out, System.err));
    return tree.getSubcommands().entrySet().stream()
        .filter(command -> !List.of("help", "generate-completion").contains(command.getKey()))
        .flatMap(
            command ->
                Stream.concat(
                    Stream.of(List.of(command.getKey())),
                    command.getValue().getSubcommands().keySet().stream()
                        .map(sub -> List.of(command.getKey(), sub))));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithExamplesAndExitCodes(List<String> command) {
    String[] arguments =
        Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new);
    CommandRun help = CommandRun.of(home, arguments);
    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains("Example", "cachemesh " + String.join(" ", command), "Exit codes");
  }

  @Test
  void versionNamesTheProgramAndItsJava() {
    assertThat(CommandRun.of(home, "version").out()).startsWith("cachemesh ").contains("(Java 25");
    assertThat(CommandRun.of(home, "--version").out())
        .isEqualTo(CommandRun.of(home, "version").out());
  }

  @Test
  void completionScriptIsGenerated() {
    assertThat(CommandRun.of(home, "generate-completion").out()).contains("complete -F");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cache", "node", "stats --unknown", "cache get", "node logs -n x"})
  void wrongUseIsOneLineThatNamesTheHelp(String arguments) {
    CommandRun run =
        CommandRun.of(home, arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("cachemesh: ").contains("--help)");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void everyProblemOfTheConfigurationHasItsLine() {
    CommandRun run =
        CommandRun.of(
            Map.of("CACHE_DEFAULT_TTL", "soon", "CACHEMESH_LINGER", "-1"), home, "cache", "list");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("cachemesh: environment variable CACHE"));
  }

  @Test
  void nothingIsServedWhereTheConfigurationTurnsTheCacheOff() throws IOException {
    Path config = Files.writeString(home.resolve("off.yml"), "cache:\n  enabled: false\n");
    CommandRun run = CommandRun.of(home, "serve", "--config", config.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("cachemesh: cache.enabled is false").hasLineCount(1);
  }

  @Test
  void noNodeIsSaidWithTheFolderAndTheRemedy() {
    CommandRun run = CommandRun.of(home, "stats", "--cache-dir", home.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "cachemesh: no node runs on %s: start one with cachemesh serve, or name its folder by"
                    .formatted(home)
                + " --cache-dir\n");
  }

  @Test
  void stackTraceComesOnlyWhenAskedFor() {
    assertThat(CommandRun.of(home, "stats").err()).doesNotContain("\tat ");
    assertThat(CommandRun.of(home, "--verbose", "stats").err()).contains("\tat ");
    assertThat(CommandRun.of(home, "stats", "--verbose").err()).contains("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--listen 127.0.0.1",
        "--listen 127.0.0.1:70000",
        "--listen none",
        "--node-id ../x",
        "--config missing.yml",
        "--ca-file missing.pem",
        "--freshness sometimes",
        "--cache-size many",
        "--upstream ftp://x"
      })
  void wrongServeOptionIsNamedBeforeAnythingIsStarted(String options) {
    CommandRun run = CommandRun.of(home, ("serve " + options).split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(options.substring(2, options.indexOf(' ')));
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void unusableProxyVariableIsNamedWithoutItsValue() {
    CommandRun run = CommandRun.of(Map.of("HTTPS_PROXY", "ftp://user:secret@proxy"), home, "serve");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("https_proxy").doesNotContain("secret");
  }
}
