package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.http.ResourceKey;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "invalidate",
    description = "Drop what is stored of a path and of those above it, for every user.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh cache invalidate /repos/octocat/hello-world/issues",
      "  cachemesh cache invalidate https://ghe.example.com/api/v3/repos/octocat/hello-world"
    })
final class CacheInvalidateCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final SettingsOptions settings = new SettingsOptions();

  @Parameters(paramLabel = "URL|PATH", description = "A URL, or a path of the API.")
  String url = "";

  CacheInvalidateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InvalidConfigurationException {
    Settings loaded = settings.load(surroundings);
    ResourceKey resource = StoredUrl.parse(url, loaded.proxy().upstream());
    String made =
        new CacheChange(loaded.cache().directory(), surroundings.clock())
            .make(
                node -> node.invalidate(resource.host(), resource.path()),
                cache -> cache.invalidate(resource.host(), resource.path()));
    surroundings.out().println("invalidated " + resource.host() + resource.path() + " " + made);
    return 0;
  }
}
