package io.github.cachemesh.core.workflow;

import io.github.cachemesh.core.workflow.InputRule.Deciding;
import io.github.cachemesh.core.workflow.InputRule.Forbidden;
import io.github.cachemesh.core.workflow.InputRule.Harmless;
import io.github.cachemesh.core.workflow.InputRule.OneOf;
import io.github.cachemesh.core.workflow.InputRule.Written;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Every input of the CodeQL steps, as github/codeql-action v4.36.3 declares them. An input that is
 * not here is not understood.
 */
enum InputTable {
  INIT(
      "init",
      Map.ofEntries(
          Map.entry("tools", deciding("codeql-version")),
          Map.entry("languages", deciding("languages")),
          Map.entry("build-mode", deciding("build-mode")),
          Map.entry("config-file", deciding("config-file")),
          Map.entry("config", deciding("config")),
          Map.entry("queries", deciding("queries")),
          Map.entry("packs", deciding("packs")),
          Map.entry("source-root", deciding("source-root")),
          Map.entry("analysis-kinds", oneOf("code-scanning")),
          Map.entry("debug", oneOf("false")),
          Map.entry("dependency-caching", written()),
          Map.entry("token", harmless()),
          Map.entry("external-repository-token", harmless()),
          // A database below the sources shows as an untracked file when the job ends.
          Map.entry("db-location", harmless()),
          Map.entry("ram", harmless()),
          Map.entry("threads", harmless()),
          Map.entry("trap-caching", harmless()),
          Map.entry("debug-artifact-name", harmless()),
          Map.entry("debug-database-name", harmless()),
          Map.entry("setup-python-dependencies", harmless()),
          Map.entry("check-run-id", harmless()),
          Map.entry("registries", forbidden("packs from private registries are not pinned")),
          Map.entry("quality-queries", forbidden("code quality is not code scanning")),
          Map.entry("matrix", forbidden("it gives the analysis another environment")))),

  AUTOBUILD(
      "autobuild",
      Map.ofEntries(
          Map.entry("working-directory", written()),
          Map.entry("token", harmless()),
          Map.entry("matrix", forbidden("it gives the analysis another environment")))),

  ANALYZE(
      "analyze",
      Map.ofEntries(
          Map.entry("category", deciding("category")),
          Map.entry("upload", oneOf("always", "true")),
          Map.entry("skip-queries", oneOf("false")),
          Map.entry("expect-error", oneOf("false")),
          Map.entry("checkout_path", oneOf("${{ github.workspace }}")),
          Map.entry("check_name", harmless()),
          Map.entry("output", harmless()),
          Map.entry("cleanup-level", harmless()),
          Map.entry("ram", harmless()),
          Map.entry("threads", harmless()),
          Map.entry("add-snippets", harmless()),
          Map.entry("upload-database", harmless()),
          Map.entry("post-processed-sarif-path", harmless()),
          Map.entry("wait-for-processing", harmless()),
          Map.entry("token", harmless()),
          Map.entry("ref", forbidden("results must be for the ref that runs")),
          Map.entry("sha", forbidden("results must be for the commit that runs")),
          Map.entry("matrix", forbidden("it gives the analysis another environment")))),

  UPLOAD(
      "upload-sarif",
      Map.ofEntries(
          Map.entry("category", deciding("category")),
          Map.entry("checkout_path", oneOf("${{ github.workspace }}")),
          // What it must be is looked at where the step is found.
          Map.entry("sarif_file", harmless()),
          Map.entry("wait-for-processing", harmless()),
          Map.entry("token", harmless()),
          Map.entry("ref", forbidden("results must be for the ref that runs")),
          Map.entry("sha", forbidden("results must be for the commit that runs")),
          Map.entry("matrix", forbidden("it gives the analysis another environment"))));

  private final String action;
  private final Map<String, InputRule> rules;

  InputTable(String action, Map<String, InputRule> rules) {
    this.action = action;
    this.rules = rules;
  }

  private static InputRule deciding(String ours) {
    return new Deciding(ours);
  }

  private static InputRule harmless() {
    return new Harmless();
  }

  private static InputRule written() {
    return new Written();
  }

  private static InputRule oneOf(String... values) {
    return new OneOf(Set.of(values));
  }

  private static InputRule forbidden(String why) {
    return new Forbidden(why);
  }

  /** The folder of the action. */
  String action() {
    return action;
  }

  static Optional<InputTable> of(String folder) {
    for (InputTable table : values()) {
      if (table.action.equals(folder)) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }

  Map<String, InputRule> rules() {
    return rules;
  }

  /** Our inputs that decide a result. */
  static SortedSet<String> deciding() {
    SortedSet<String> names = new TreeSet<>();
    for (InputTable table : values()) {
      for (InputRule rule : table.rules.values()) {
        if (rule instanceof Deciding(String ours)) {
          names.add(ours);
        }
      }
    }
    return names;
  }
}
