package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.cache.TieredCache;
import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.node.NodeClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "clear",
    description = "Drop every entry. What was imported from the Python original stays.",
    footerHeading = "%nExample:%n",
    footer = "  cachemesh cache clear --yes")
final class CacheClearCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final SettingsOptions settings = new SettingsOptions();

  @Option(names = "--yes", description = "That this is really meant.")
  boolean yes;

  CacheClearCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InvalidConfigurationException {
    Path folder = settings.load(surroundings).cache().directory();
    if (!yes) {
      throw CommandFailure.usage("this drops every entry of " + folder + ": add --yes to do it");
    }
    String made =
        new CacheChange(folder, surroundings.clock()).make(NodeClient::clear, TieredCache::clear);
    surroundings.out().println("cleared " + folder + " " + made);
    return 0;
  }
}
