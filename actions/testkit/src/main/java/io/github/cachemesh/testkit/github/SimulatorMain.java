package io.github.cachemesh.testkit.github;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a simulator as a process until it is told to stop. */
@Command(
    name = "github-simulator",
    mixinStandardHelpOptions = true,
    description = "Simulates the GitHub API; prints one line of JSON with its URL when ready.",
    footer =
        "Control: /_simulator/ledger, /_simulator/reset, /_simulator/touch?path=/repos/o/r; POST"
            + " JSON to /_simulator/commit, run, pull, property, analysis, fault")
public final class SimulatorMain implements Callable<Integer> {
  @Option(names = "--port", description = "TCP port on 127.0.0.1; 0, the default: any free one")
  private int port;

  @Option(names = "--socket", description = "a Unix socket to listen on too")
  private @Nullable Path socket;

  @Option(names = "--tls-ca-out", description = "speak TLS; write the authority's PEM here")
  private @Nullable Path tlsCaOut;

  @Option(names = "--fixtures", description = "scenarios/api.github.com of @octokit/fixtures")
  private @Nullable Path fixtures;

  @Option(names = "--repositories", description = "how many octo-org/repo-N (default 3)")
  private int repositories = 3;

  @Option(names = "--private-repository", description = "full name of a private repository")
  private List<String> privateRepositories = List.of();

  @Option(names = "--user-token", description = "LOGIN=VALUE[=OWNER/REPO...]: a user's token")
  private List<String> userTokens = List.of();

  @Option(
      names = "--workflow-token",
      description = "OWNER/REPO=VALUE[=PERMISSION...]: a workflow's token, lacking the permissions")
  private List<String> workflowTokens = List.of();

  @Option(names = "--latency-ms", description = "how long each answer takes (default 0)")
  private int latencyMillis;

  @Option(names = "--primary-limit", description = "points an hour, in place of GitHub's figures")
  private @Nullable Integer primaryLimit;

  @Option(names = "--no-secondary-limits", description = "neither 100 at once nor 900 a minute")
  private boolean noSecondaryLimits;

  @Option(names = "--public-base", description = "what URLs begin with; default: as Host says")
  private @Nullable URI publicBase;

  /** Runs until the process is told to stop. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new SimulatorMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (GitHubSimulator simulator = configure().start()) {
      if (tlsCaOut != null) {
        Files.writeString(
            tlsCaOut, simulator.certificateAuthorityPem().orElseThrow(), StandardCharsets.UTF_8);
      }
      CountDownLatch stop = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown));
      System.out.println(Json.compact(Json.object().put("url", simulator.uri().toString())));
      System.out.flush();
      stop.await();
    }
    return 0;
  }

  private GitHubSimulatorBuilder configure() {
    GitHubSimulatorBuilder builder = GitHubSimulator.builder().port(port);
    builder.repositories(repositories).latency(Duration.ofMillis(latencyMillis));
    privateRepositories.forEach(builder::privateRepository);
    userTokens.forEach(text -> builder.token(userToken(text)));
    workflowTokens.forEach(text -> builder.token(workflowToken(text)));
    if (socket != null) {
      builder.socket(socket);
    }
    if (tlsCaOut != null) {
      builder.tls();
    }
    if (fixtures != null) {
      builder.fixtures(fixtures);
    }
    if (primaryLimit != null) {
      builder.primaryLimit(primaryLimit);
    }
    if (noSecondaryLimits) {
      builder.withoutSecondaryLimits();
    }
    if (publicBase != null) {
      builder.publicBase(publicBase);
    }
    return builder;
  }

  private static Token userToken(String text) {
    String[] parts = parts("--user-token", text);
    Token token = Token.user(parts[1], parts[0]);
    for (int i = 2; i < parts.length; i++) {
      token = token.reading(parts[i]);
    }
    return token;
  }

  private static Token workflowToken(String text) {
    String[] parts = parts("--workflow-token", text);
    return Token.workflow(parts[1], parts[0]).without(Arrays.copyOfRange(parts, 2, parts.length));
  }

  private static String[] parts(String option, String text) {
    String[] parts = text.split("=");
    if (parts.length < 2) {
      throw new IllegalArgumentException(option + " wants NAME=VALUE; see --help");
    }
    return parts;
  }
}
