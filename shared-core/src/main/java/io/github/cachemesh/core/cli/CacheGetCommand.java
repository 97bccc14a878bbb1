package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.config.Settings;
import io.github.cachemesh.core.http.Entry;
import io.github.cachemesh.core.http.ResourceKey;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    description = "Print the body that is stored of a URL, and on standard error from when it is.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh cache get https://api.github.com/repos/octocat/hello-world",
      "  cachemesh cache get /repos/octocat/hello-world --accept application/json --output"
          + " repo.json"
    })
final class CacheGetCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final SettingsOptions settings = new SettingsOptions();

  @Parameters(paramLabel = "URL", description = "A URL, or a path of the API.")
  String url = "";

  @Option(
      names = "--accept",
      paramLabel = "TYPE",
      description = "Only what was asked for with this Accept field.")
  @Nullable String accept;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write there, for this user alone, and not to standard output.")
  @Nullable Path output;

  CacheGetCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InvalidConfigurationException {
    Settings loaded = settings.load(surroundings);
    StoredEntries stored = new StoredEntries(loaded.cache().directory(), surroundings.clock());
    ResourceKey asked = StoredUrl.parse(url, loaded.proxy().upstream());
    List<Entry> candidates =
        stored.all().stream()
            .filter(entry -> isMeant(entry, asked))
            .sorted(Comparator.comparing(Entry::lastProvenAt).reversed())
            .toList();
    for (Entry entry : candidates) {
      Optional<byte[]> body = stored.body(entry);
      if (body.isPresent()) {
        write(body.get());
        surroundings.err().println("cachemesh: " + description(entry));
        return 0;
      }
    }
    throw CommandFailure.failed(
        "nothing is stored of %s%s in %s; cachemesh cache list shows what is"
            .formatted(asked.host(), asked.target(), loaded.cache().directory()));
  }

  private boolean isMeant(Entry entry, ResourceKey asked) {
    ResourceKey resource = entry.key().resource();
    return resource.host().equals(asked.host())
        && resource.path().equals(asked.path())
        && resource.query().equals(asked.query())
        && (accept == null || entry.key().accept().equals(accept));
  }

  private void write(byte[] body) throws IOException {
    if (output == null) {
      surroundings.out().write(body);
      surroundings.out().flush();
    } else {
      PrivateFiles.replace(output, surroundings.clock().instant(), ByteBuffer.wrap(body));
    }
  }

  private String description(Entry entry) {
    return "stored %s, known to be current %s ago (accept: %s)"
        .formatted(
            entry.storedAt().truncatedTo(ChronoUnit.SECONDS),
            Amounts.time(Duration.between(entry.lastProvenAt(), surroundings.clock().instant())),
            entry.key().accept().isEmpty() ? "none" : entry.key().accept());
  }
}
