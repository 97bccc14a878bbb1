package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.codeql.Component;
import io.github.cachemesh.core.codeql.ScanKey;
import io.github.cachemesh.core.codeql.ScanStore;
import io.github.cachemesh.core.codeql.StoreEntry;
import io.github.cachemesh.core.codeql.StoreLookup;
import io.github.cachemesh.core.codeql.StoredScan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description =
        "Show what a stored result depends on, or with --nearest how the nearest one differs from a"
            + " scan.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh codeql explain 3f2a91 --repository-id 1296269",
      "  cachemesh codeql explain --nearest --repository-id 1296269 \\",
      "    --runner Linux/X64 \\",
      "    --workflow .github/workflows/codeql.yml --job analyze --step cache \\",
      "    --input languages=python --input codeql-version=2.25.6"
    })
final class CodeqlExplainCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "KEY",
      arity = "0..1",
      description = "The key, or how it begins, as cachemesh codeql list shows it.")
  @Nullable String prefix;

  @ArgGroup(exclusive = false)
  @Nullable Nearest nearest;

  @Mixin final ScanStoreOptions store = new ScanStoreOptions();

  /** The scan that stored ones are compared with. */
  static final class Nearest {
    @Option(
        names = "--nearest",
        required = true,
        description = "Compare the scan that the other options describe.")
    boolean asked;

    @ArgGroup(exclusive = false, multiplicity = "1")
    ScanOptions scan = new ScanOptions();
  }

  CodeqlExplainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, DescribedScan.RefusedException {
    if (prefix != null && nearest == null) {
      return explain(prefix);
    }
    if (prefix == null && nearest != null) {
      return compare(nearest.scan);
    }
    throw CommandFailure.usage("which result? Write either KEY or --nearest with a scan");
  }

  private int explain(String wanted) throws IOException {
    List<StoredScan> found =
        store.open(surroundings).list().stream()
            .flatMap(
                entry ->
                    entry instanceof StoreEntry.Readable(_, _, StoredScan scan)
                        ? Stream.of(scan)
                        : Stream.empty())
            .filter(scan -> scan.key().hex().startsWith(wanted))
            .toList();
    long keys = found.stream().map(StoredScan::key).distinct().count();
    if (keys != 1) {
      throw CommandFailure.failed(
          "%d stored results have a key that begins with %s; cachemesh codeql list shows them"
              .formatted(keys, wanted));
    }
    surroundings.out().print(CodeqlKeyCommand.table(found.getFirst().key()));
    return 0;
  }

  private int compare(ScanOptions scan) throws IOException, DescribedScan.RefusedException {
    ScanStore opened = store.open(surroundings);
    DescribedScan described =
        DescribedScan.of(scan, store.repositoryId(surroundings), surroundings);
    switch (opened.find(described.scan(), Optional.empty())) {
      case StoreLookup.Found(StoredScan stored, _) -> {
        surroundings.out().println("the scan itself is stored, as " + stored.key().hex());
        return 0;
      }
      case StoreLookup.Corrupt(String file, String detail) ->
          throw CommandFailure.failed(file + " " + detail + "; cachemesh codeql prune removes it");
      case StoreLookup.Absent(Optional<ScanKey> key) when key.isPresent() -> {
        surroundings.out().print(differences(key.get(), described.scan().key()));
        return 0;
      }
      case StoreLookup.Absent _ ->
          throw CommandFailure.failed("nothing of this category is stored in " + store.folder);
    }
  }

  private static Table differences(ScanKey stored, ScanKey now) {
    Table table = new Table().row("", "REASON", "STORED", "NOW");
    for (Component component : stored.differences(now)) {
      table.row(
          component.word(),
          component.whenChanged().word(),
          stored.value(component),
          now.value(component));
    }
    return table;
  }
}
