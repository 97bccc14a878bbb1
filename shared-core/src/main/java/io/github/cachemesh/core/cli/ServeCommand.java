package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.config.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Only reads the options; {@link NodeProcess} does the rest. */
@Command(
    name = "serve",
    description = {
      "Run a cache node until it is stopped by SIGTERM, SIGINT or 'cachemesh node stop'.",
      "It then takes no more requests, ends those under way, and brings what it stored to disk;"
          + " a second signal ends it at once."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh serve",
      "  cachemesh serve --listen 127.0.0.1:8080 --socket /tmp/cachemesh.sock",
      "  cachemesh serve --config .github/cache-config.yml --freshness ttl",
      "  cachemesh serve --lease runner-1 --until-unused --linger 600",
      "  echo '1 PUT leases/runner-1?gateway=172.17.0.1' | cachemesh serve --control"
    })
final class ServeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @ParentCommand @Nullable Cachemesh top;

  @Mixin final SettingsOptions settings = new SettingsOptions();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT|none",
      defaultValue = "127.0.0.1:0",
      description = "TCP address; port 0 is any free one. Default: 127.0.0.1:0.")
  String listen = "127.0.0.1:0";

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = "Unix socket, made for this user alone; for gh's http_unix_socket.")
  @Nullable Path socket;

  @Option(
      names = "--upstream",
      paramLabel = "URL",
      description = "Address of the GitHub API. Default: https://api.github.com.")
  @Nullable String upstream;

  @Option(
      names = "--freshness",
      paramLabel = "revalidate|ttl",
      description =
          "Ask GitHub at every use, which is free, or serve entries within their TTL."
              + " Default: revalidate.")
  @Nullable String freshness;

  @Option(
      names = "--etag-formula",
      paramLabel = "on|off",
      description = "Whether the ETag that GitHub gives another caller is computed. Default: on.")
  @Nullable String etagFormula;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "PEM certificates trusted besides the JDK's.")
  @Nullable String caFile;

  @Option(
      names = "--cache-size",
      paramLabel = "N",
      description = "Most entries that are kept. Default: 5000.")
  @Nullable String cacheSize;

  @Option(
      names = "--cache-ttl",
      paramLabel = "S",
      description = "Seconds for which an entry is fresh with --freshness ttl. Default: 300.")
  @Nullable String cacheTtl;

  @Option(
      names = "--linger",
      paramLabel = "S",
      description = "Seconds for which the node outlives its last lease. Default: 600.")
  @Nullable String linger;

  @Option(
      names = "--lease",
      paramLabel = "RUNNER",
      description =
          "Take a lease for this runner before anybody can ask; a node that follows one of its id"
              + " that crashed has that one's leases instead.")
  @Nullable String lease;

  @Option(
      names = "--until-unused",
      description = "End when there is no lease and the linger time is over.")
  boolean untilUnused;

  @Option(
      names = "--control",
      description =
          "Answer lines TAG METHOD PAGE on standard input, such as '1 GET leases', by lines"
              + " TAG STATUS JSON on standard output. The end of input ends nothing.")
  boolean control;

  @Option(
      names = "--node-id",
      paramLabel = "ID",
      description =
          "Name of this node among those of its cache folder; started again after a crash, it goes"
              + " on with its leases. Default: random.")
  @Nullable String nodeId;

  @Option(
      names = "--log-file",
      paramLabel = "FILE",
      description = "Log there and not to standard error; 5 MiB, the last 5 MiB in FILE.1.")
  @Nullable Path logFile;

  ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InvalidConfigurationException, InterruptedException {
    Map<String, @Nullable String> inputs = new HashMap<>();
    inputs.put("upstream", upstream);
    inputs.put("freshness", freshness);
    inputs.put("etag-formula", etagFormula);
    inputs.put("ca-file", caFile);
    inputs.put("cache-size", cacheSize);
    inputs.put("cache-ttl", cacheTtl);
    inputs.put("linger", linger);
    new NodeProcess(
            surroundings,
            new NodeProcess.Plan(
                settings.load(surroundings, inputs),
                ListenAddress.parse(listen).orElse(null),
                socket,
                nodeId,
                lease,
                untilUnused,
                control,
                logFile,
                top != null && top.verbose))
        .run();
    return 0;
  }
}
