package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.credential.Entry;
import io.github.cachemesh.core.credential.Holder;
import io.github.cachemesh.core.credential.Overview;
import io.github.cachemesh.core.credential.RollbackCheck;
import io.github.cachemesh.core.credential.Scope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description =
        "List what is in a store and who has keys to it. Needs no key and never shows a value.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials list",
      "  cachemesh credentials list --store deploy.cmstore --holders",
      "  cachemesh credentials list --json"
    })
final class CredentialsListCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final StoreOptions store = new StoreOptions();

  @Option(names = "--deleted", description = "Also those that were deleted.")
  boolean deleted;

  @Option(names = "--holders", description = "Who has keys, instead of what is in it.")
  boolean holders;

  @Option(names = "--json", description = "All of it, as a JSON object.")
  boolean json;

  CredentialsListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Overview overview = store.store(surroundings).overview(store.anchor(surroundings));
    if (json) {
      surroundings.out().println(JsonText.of(properties(overview)));
      return 0;
    }
    StoreOptions.warn(overview, surroundings);
    surroundings.out().print(holders ? holders(overview) : entries(overview));
    surroundings
        .out()
        .println("store %s, generation %d".formatted(overview.store(), overview.generation()));
    return 0;
  }

  private List<Entry> shown(Overview overview) {
    return overview.entries().stream().filter(entry -> deleted || !entry.isDeleted()).toList();
  }

  private Table entries(Overview overview) {
    Instant now = surroundings.clock().instant();
    Table table = new Table().row("NAME", "SCOPE", "VERSION", "STORED", "EXPIRES");
    for (Entry entry : shown(overview)) {
      if (entry.isDeleted()) {
        table.row(entry.id().name(), entry.id().scope(), "deleted", "", "");
        continue;
      }
      Entry.Version newest = entry.versions().getFirst();
      table.row(
          entry.id().name(),
          entry.id().scope(),
          newest.number(),
          Amounts.time(Duration.between(newest.created(), now)) + " ago",
          newest.expires() + (newest.expires().isPast(now) ? " (expired)" : ""));
    }
    return table;
  }

  private static Table holders(Overview overview) {
    Table table = new Table().row("HOLDER", "KEY", "OPENS");
    for (Holder holder : overview.holders()) {
      table.row(holder.name(), holder.protection().kind(), opens(holder));
    }
    return table;
  }

  private static String opens(Holder holder) {
    return holder.owner()
        ? "all, and writes"
        : String.join(", ", holder.scopes().stream().map(Scope::toString).toList());
  }

  private Map<String, Object> properties(Overview overview) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("store", overview.store().text());
    properties.put("generation", overview.generation());
    properties.put("rollback_told", overview.rollback() == RollbackCheck.TOLD);
    properties.put("writer_proven", overview.writerProven());
    properties.put("keep_versions", overview.policy().keepVersions());
    properties.put("asserted_scopes", overview.policy().assertedScopes());
    properties.put(
        "holders", overview.holders().stream().map(CredentialsListCommand::properties).toList());
    properties.put("credentials", shown(overview).stream().map(this::properties).toList());
    return properties;
  }

  private static Map<String, Object> properties(Holder holder) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("name", holder.name());
    properties.put("key", holder.protection().kind());
    properties.put("owner", holder.owner());
    properties.put("scopes", holder.scopes().stream().map(Scope::toString).toList());
    return properties;
  }

  private Map<String, Object> properties(Entry entry) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("name", entry.id().name());
    properties.put("scope", entry.id().scope().toString());
    properties.put("deleted", entry.isDeleted());
    properties.put("versions", entry.versions().stream().map(this::properties).toList());
    return properties;
  }

  private Map<String, Object> properties(Entry.Version version) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("version", version.number());
    properties.put("stored_at", version.created().toString());
    properties.put("expires", version.expires().toString());
    properties.put("expired", version.expires().isPast(surroundings.clock().instant()));
    return properties;
  }
}
