package io.github.cachemesh.e2e.codeql;

import static io.github.cachemesh.e2e.codeql.TreeChanges.appended;
import static io.github.cachemesh.e2e.codeql.TreeChanges.committed;
import static io.github.cachemesh.e2e.codeql.TreeChanges.replaced;

import io.github.cachemesh.e2e.codeql.Change.Edit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes of the workflow, its configuration, its variables and its surroundings. */
final class SettingChanges {
  private static final String WORKFLOW = SampleRepository.WORKFLOW;

  private SettingChanges() {}

  static List<Change> all() {
    return List.of(
        new Change("another CLI version", "tools-changed", inWorkflow("2.25.6", "2.26.0")),
        new Change(
            "another codeql-action",
            "action-changed",
            inWorkflow(
                "8aad20d150bbac5944a9f9d289da16a4b0d87c1e",
                "f3f1edbedf0a5b2b4e9d0a5c1a8d9b7c6e5f4a3b")),
        new Change(
            "queries, by a variable only",
            "queries-changed",
            variable("QUERIES", "security-extended")),
        new Change(
            "queries, in the workflow",
            "queries-changed",
            inWorkflow("${{ vars.QUERIES }}", "security-and-quality")),
        new Change(
            "packs",
            "packs-changed",
            inWorkflow("queries: ${{", "packs: octo/rules@1.2.3\n          queries: ${{")),
        new Change(
            "configuration's bytes",
            "config-changed",
            committed(replaced(SampleRepository.CONFIGURATION, "  - vendor\n", "  - nothing\n"))),
        new Change(
            "comment in the configuration",
            "config-changed",
            committed(appended(SampleRepository.CONFIGURATION, "# more\n"))),
        new Change("workflow only", "workflow-changed", committed(appended(WORKFLOW, "# more\n"))),
        new Change(
            "workflow not pinned",
            "unpinned",
            inWorkflow("@8aad20d150bbac5944a9f9d289da16a4b0d87c1e", "@v4")),
        new Change(
            "scan not gated",
            "undeclared",
            committed(
                replaced(
                    WORKFLOW, "        if: steps.cache.outputs.should-skip-scan != 'true'\n", ""))),
        new Change(
            "inputs of init and ours differ",
            "undeclared",
            inWorkflow(
                "queries: ${{ vars.QUERIES }}\n"
                    + "          config-file: .github/codeql.yml\n"
                    + "          tools",
                "queries: security-extended\n"
                    + "          config-file: .github/codeql.yml\n"
                    + "          tools")),
        new Change(
            "variable of the extractor",
            "environment-changed",
            environment("CODEQL_EXTRACTOR_JAVASCRIPT_OPTION_SKIP_TYPES", "true")),
        new Change(
            "image of the runner",
            "environment-changed",
            environment("ImageVersion", "20261101.1")),
        new Change("property of the repository", "properties-changed", SettingChanges::property),
        new Change(
            "switched off for the fleet",
            "kill-switch",
            environment("CACHEMESH_CODEQL_DISABLE", "1")),
        new Change(
            "forced",
            "forced",
            inWorkflow(
                "build-mode: none\n"
                    + "          queries: ${{ vars.QUERIES }}\n"
                    + "          config-file: .github/codeql.yml\n"
                    + "          category",
                "force: true\n"
                    + "          build-mode: none\n"
                    + "          queries: ${{ vars.QUERIES }}\n"
                    + "          config-file: .github/codeql.yml\n"
                    + "          category")),
        new Change("scheduled", "event", trigger(trigger -> trigger.event("schedule"))),
        new Change(
            "of a merge queue", "merge-group", trigger(trigger -> trigger.event("merge_group"))),
        new Change("analyses API down", "authority-unreachable", SettingChanges::analysesDown),
        new Change("older run pending", "older-run-pending", SettingChanges::olderRun));
  }

  static Edit inWorkflow(String from, String to) {
    return committed(replaced(WORKFLOW, from, to));
  }

  static Edit variable(String name, String value) {
    return trigger(trigger -> trigger.variable(name, value));
  }

  static Edit environment(String name, String value) {
    return trigger(trigger -> trigger.environment(name, value));
  }

  private static Edit trigger(UnaryOperator<Trigger> change) {
    return scene -> {
      Trigger before = scene.trigger();
      scene.trigger(change.apply(before));
      return () -> scene.trigger(before);
    };
  }

  private static Change.Undo property(Scene scene) {
    String name = "github-codeql-extra-queries";
    scene.hub().property(name, Optional.of("+security-extended"));
    return () -> scene.hub().property(name, Optional.empty());
  }

  private static Change.Undo analysesDown(Scene scene) {
    scene.hub().takeAnalysesDown();
    return scene.hub()::bringAnalysesBack;
  }

  private static Change.Undo olderRun(Scene scene) {
    Hub.Run older = scene.hub().start("main", "push", Optional.empty());
    return () -> scene.hub().complete(older);
  }
}
