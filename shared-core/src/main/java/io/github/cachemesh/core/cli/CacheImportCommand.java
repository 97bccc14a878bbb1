package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.cache.OriginalEntries;
import io.github.cachemesh.core.config.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Keep the cache files that the Python original left in a folder.",
      "The content_hash of each is verified where it has one. They are kept for 'cache export' and"
          + " never served over HTTP."
    },
    footerHeading = "%nExample:%n",
    footer = "  cachemesh cache import ~/.cache/github_cli")
final class CacheImportCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final SettingsOptions settings = new SettingsOptions();

  @Parameters(paramLabel = "DIR", description = "Folder with the original's *.json files.")
  Path source = Path.of("");

  CacheImportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InvalidConfigurationException {
    if (!Files.isDirectory(source)) {
      throw CommandFailure.usage(source + " is no folder: name one with the original's files");
    }
    Path folder = settings.load(surroundings).cache().directory();
    OriginalEntries.Report report =
        new OriginalEntries(folder, surroundings.clock()).importFrom(source);
    return new CopyReport(report).print("imported", surroundings);
  }
}
