package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.node.AdminToken;
import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeFolder;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which running node is meant: one of a cache folder, or one by its URL. */
final class NodeOptions {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int MAX_TOKEN_BYTES = 1024;

  @Mixin final SettingsOptions settings = new SettingsOptions();

  @Option(
      names = "--node",
      paramLabel = "ID",
      description = "The node, where several run on the folder.")
  @Nullable String id;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A node by its URL, not by its folder; needs --token-file.")
  @Nullable URI url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File that holds that node's admin token.")
  @Nullable Path tokenFile;

  boolean isByUrl() {
    return url != null;
  }

  NodeClient client(Surroundings surroundings) throws IOException, InvalidConfigurationException {
    return url == null
        ? NodeClient.of(theOne(surroundings), LIMIT)
        : NodeClient.of(checked(url), token(), LIMIT);
  }

  private static URI checked(URI url) {
    if (!"http".equals(url.getScheme()) || url.getHost() == null) {
      throw CommandFailure.usage("--url " + url + " is no address such as http://127.0.0.1:8080");
    }
    return url;
  }

  private AdminToken token() {
    if (tokenFile == null) {
      throw CommandFailure.usage("--url needs --token-file with the node's admin token");
    }
    try {
      if (Files.size(tokenFile) <= MAX_TOKEN_BYTES) {
        String token = Files.readString(tokenFile).strip();
        if (token.matches("[0-9a-f]+")) {
          return new AdminToken(token);
        }
      }
    } catch (IOException e) {
      throw CommandFailure.usage("--token-file: " + ErrorReport.describe(e));
    }
    throw CommandFailure.usage(
        "--token-file "
            + tokenFile
            + " holds no admin token: put the admin_token of the node's state file into it");
  }

  /** The running nodes that are meant, one at least, the latest started first. */
  List<NodeState> running(Surroundings surroundings)
      throws IOException, InvalidConfigurationException {
    Path folder = settings.load(surroundings).cache().directory();
    List<NodeState> nodes =
        new NodeFolder(folder)
            .running().stream().filter(node -> id == null || node.id().equals(id)).toList();
    if (nodes.isEmpty()) {
      throw CommandFailure.failed(
          "no node %sruns on %s: start one with cachemesh serve, or name its folder by --cache-dir"
              .formatted(id == null ? "" : id + " ", folder));
    }
    return nodes;
  }

  NodeState theOne(Surroundings surroundings) throws IOException, InvalidConfigurationException {
    List<NodeState> nodes = running(surroundings);
    if (nodes.size() > 1) {
      throw CommandFailure.failed(
          "several nodes run on this folder: choose one by --node "
              + nodes.stream().map(NodeState::id).collect(Collectors.joining("|")));
    }
    return nodes.getFirst();
  }

  /** The body of an answer that is not a refusal. */
  static String body(NodeClient.Answer answer) {
    if (!answer.isOk()) {
      throw CommandFailure.failed(
          "the node answered " + answer.status() + ": " + answer.body().strip());
    }
    return answer.body();
  }
}
