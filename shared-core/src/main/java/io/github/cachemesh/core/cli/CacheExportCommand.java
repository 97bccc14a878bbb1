package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.cache.OriginalEntries;
import io.github.cachemesh.core.config.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = "Write what was imported to a folder that the Python original can read.",
    footerHeading = "%nExample:%n",
    footer = "  cachemesh cache export ./original-cache")
final class CacheExportCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final SettingsOptions settings = new SettingsOptions();

  @Parameters(paramLabel = "DIR", description = "Folder to write to; created where it is missing.")
  Path target = Path.of("");

  CacheExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InvalidConfigurationException {
    Path folder = settings.load(surroundings).cache().directory();
    OriginalEntries.Report report =
        new OriginalEntries(folder, surroundings.clock()).exportTo(target);
    return new CopyReport(report).print("exported", surroundings);
  }
}
