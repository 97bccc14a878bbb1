package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.codeql.Component;
import io.github.cachemesh.core.codeql.ScanKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "key",
    description =
        "Show the key of a scan, and all that it depends on. Exits with 1 when it has none.",
    footerHeading = "%nExample:%n",
    footer = {
      "  cachemesh codeql key --repository-id 1296269 --runner Linux/X64 \\",
      "    --workflow .github/workflows/codeql.yml --job analyze --step cache \\",
      "    --input languages=python --input codeql-version=2.25.6"
    })
final class CodeqlKeyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final ScanOptions scan = new ScanOptions();

  @Option(
      names = "--repository-id",
      paramLabel = "N",
      description = "GitHub's number of the repository; GITHUB_REPOSITORY_ID unless given.")
  @Nullable Long repositoryId;

  @Option(names = "--json", description = "As a JSON object.")
  boolean json;

  CodeqlKeyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DescribedScan.RefusedException {
    ScanKey key =
        DescribedScan.of(scan, RepositoryId.of(repositoryId, surroundings), surroundings)
            .scan()
            .key();
    surroundings.out().println(json ? JsonText.of(properties(key)) : table(key));
    return 0;
  }

  static Table table(ScanKey key) {
    Table table = new Table().row("key", key.hex());
    for (Component component : Component.values()) {
      table.row(component.word(), key.value(component));
    }
    return table;
  }

  static Map<String, Object> properties(ScanKey key) {
    Map<String, String> components = new LinkedHashMap<>();
    for (Component component : Component.values()) {
      components.put(component.word(), key.value(component));
    }
    return Map.of("key", key.hex(), "components", components);
  }
}
