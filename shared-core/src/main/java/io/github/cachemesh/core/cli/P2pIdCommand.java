package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.peer.PeerKeyFile;
import io.github.cachemesh.core.peer.PeerName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "id",
    description = "Show the peer id of the nodes of a cache folder; makes their key if need be.",
    footerHeading = "%nExamples:%n",
    footer = {"  cachemesh p2p id", "  cachemesh p2p id --key identity.key"})
final class P2pIdCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final SettingsOptions settings = new SettingsOptions();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The key, instead of the cache folder's p2p/identity.key.")
  @Nullable Path key;

  P2pIdCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InvalidConfigurationException {
    PeerName name = file().name();
    surroundings
        .out()
        .print(
            new Table()
                .row("peer id", name.id())
                .row("as a CID", name.cid())
                .row("key", name.keyType()));
    return 0;
  }

  private PeerKeyFile file() throws InvalidConfigurationException {
    return key != null
        ? new PeerKeyFile(key, surroundings.clock())
        : PeerKeyFile.in(settings.load(surroundings).cache().directory(), surroundings.clock());
  }
}
