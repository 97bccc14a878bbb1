package io.github.cachemesh.core.workflow;

import io.github.cachemesh.core.workflow.EnvironmentRules.Meaning;
import io.github.cachemesh.core.workflow.Gate.Opens;
import io.github.cachemesh.core.workflow.YamlValue.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks for the scan that a step gates; the first doubt ends the search. */
final class ScanSearch {
  private static final Set<String> TOKENS = Set.of("GITHUB_TOKEN", "GH_TOKEN");

  private final RunningWorkflow workflow;
  private final Job job;
  private final Step ours;
  private final String stepId;
  private final Map<InputTable, Step> codeql = new EnumMap<>(InputTable.class);

  private ScanSearch(RunningWorkflow workflow, Job job, String action) throws Doubt {
    this.workflow = workflow;
    this.job = job;
    this.ours = ours(job, action);
    this.stepId = action;
  }

  static GatedScan search(
      RunningWorkflow workflow, String jobId, String action, Map<String, String> inputs) {
    try {
      return new ScanSearch(workflow, Job.of(workflow, jobId), action).declared(inputs);
    } catch (Doubt e) {
      return e.verdict(workflow.path());
    }
  }

  /**
   * The step with the id that GITHUB_ACTION names. For a step without id it names none: the runner
   * makes up one that begins with two underscores, act counts.
   */
  private static Step ours(Job job, String action) throws Doubt {
    List<Step> found = new ArrayList<>();
    for (Step step : job.steps()) {
      if (step.id().filter(action::equalsIgnoreCase).isPresent()) {
        found.add(step);
      }
    }
    if (found.size() != 1) {
      throw Doubt.undeclared(
          job.value().line(),
          "our step has no id of its own in this job, so no other step can ask for its outputs;"
              + " give it one");
    }
    if (found.getFirst().uses().filter(ActionUse::isOurs).isEmpty()) {
      throw Doubt.undeclared(
          found.getFirst().line(), "the step " + Doubt.name(action) + " does not use our action");
    }
    return found.getFirst();
  }

  private GatedScan declared(Map<String, String> inputs) throws Doubt {
    requireNoContainer();
    requireOwnEnvironment();
    for (Step step : job.steps()) {
      if (step.uses().filter(ActionUse::isCodeql).isPresent()) {
        collect(step, step.uses().orElseThrow());
      }
    }
    Step init = required(InputTable.INIT);
    Step analyze = required(InputTable.ANALYZE);
    required(InputTable.UPLOAD);
    requireOrder(init, analyze);
    String commit = commit();
    requireGates();
    InputCheck check = new InputCheck(ours, inputs);
    check.requireOurs();
    for (Map.Entry<InputTable, Step> step : codeql.entrySet()) {
      requireKnownEnvironment(step.getValue());
      check.require(step.getValue(), step.getKey());
    }
    requireResultIsUploaded();
    return new GatedScan.Declared(
        commit,
        ToolsVersion.of(init, check),
        check.settings(),
        workflow.path() + ":" + job.id(),
        job.hasMatrix(),
        new RecipeReader(workflow.root(), job, ours, stepId).read(init, analyze));
  }

  private void requireNoContainer() throws Doubt {
    Optional<YamlValue> container = job.value().get("container");
    if (container.isPresent()) {
      throw Doubt.undeclared(
          container.get().line(),
          "the job's container brings variables and tools that our step does not see");
    }
  }

  /** What only our step is given would stand in the key of a scan that runs without it. */
  private void requireOwnEnvironment() throws Doubt {
    for (Map.Entry<String, YamlValue> variable : ours.env().entrySet()) {
      Meaning meaning = EnvironmentRules.meaning(variable.getKey());
      if (meaning == Meaning.DECIDING || meaning == Meaning.FORBIDDEN) {
        throw Doubt.undeclared(
            variable.getValue().line(),
            "our step sets " + Doubt.name(variable.getKey()) + "; set it for the whole job");
      }
    }
  }

  /** What only a CodeQL step is given is not seen by ours. */
  private static void requireKnownEnvironment(Step step) throws Doubt {
    for (Map.Entry<String, YamlValue> variable : step.env().entrySet()) {
      String name = variable.getKey();
      if (EnvironmentRules.meaning(name) != Meaning.HARMLESS
          && !TOKENS.contains(name.toUpperCase(Locale.ROOT))) {
        throw Doubt.undeclared(
            variable.getValue().line(),
            "a CodeQL step sets " + Doubt.name(name) + "; set it for the whole job");
      }
    }
  }

  private void collect(Step step, ActionUse uses) throws Doubt {
    Optional<InputTable> table = InputTable.of(uses.path());
    if (table.isEmpty()) {
      throw Doubt.undeclared(
          step.line(), "github/codeql-action/" + Doubt.name(uses.path()) + " is not understood");
    }
    if (codeql.put(table.get(), step) != null) {
      throw Doubt.undeclared(
          step.line(),
          "a second " + table.get().action() + " in this job; give it a job of its own");
    }
  }

  private Step required(InputTable table) throws Doubt {
    Step step = codeql.get(table);
    if (step == null) {
      throw Doubt.undeclared(
          job.value().line(), "the job has no step github/codeql-action/" + table.action());
    }
    return step;
  }

  private void requireOrder(Step init, Step analyze) throws Doubt {
    for (Step step : codeql.values()) {
      if (step.index() < ours.index()) {
        throw Doubt.undeclared(step.line(), "this CodeQL step comes before our step");
      }
    }
    if (analyze.index() < init.index()) {
      throw Doubt.undeclared(analyze.line(), "analyze comes before init");
    }
  }

  private String commit() throws Doubt {
    Set<String> commits = new HashSet<>();
    for (Step step : codeql.values()) {
      Optional<String> commit = step.uses().flatMap(ActionUse::commit);
      if (commit.isEmpty()) {
        throw Doubt.unpinned(
            step.line(), "github/codeql-action is not pinned by the full SHA of a commit");
      }
      commits.add(commit.get());
      if (commits.size() > 1) {
        throw Doubt.unpinned(step.line(), "CodeQL's steps are not of one commit");
      }
    }
    return commits.iterator().next();
  }

  /** All run under the same conditions, but the upload on a hit and the others for a scan. */
  private void requireGates() throws Doubt {
    Gate scan = gate(required(InputTable.INIT), Opens.FOR_A_SCAN);
    for (Map.Entry<InputTable, Step> step : codeql.entrySet()) {
      boolean upload = step.getKey() == InputTable.UPLOAD;
      Gate gate = gate(step.getValue(), upload ? Opens.ON_A_HIT : Opens.FOR_A_SCAN);
      if (!gate.others().equals(scan.others())) {
        throw Doubt.undeclared(
            step.getValue().line(), step.getKey().action() + " has other conditions than init");
      }
      if (gate.afterFailures() && !upload) {
        throw Doubt.undeclared(
            step.getValue().line(), step.getKey().action() + " runs even after a failure");
      }
    }
  }

  private Gate gate(Step step, Opens opens) throws Doubt {
    Optional<Text> condition = step.condition();
    try {
      Optional<Gate> gate =
          condition.isPresent() ? Gate.in(condition.get().text(), stepId) : Optional.empty();
      if (gate.isPresent() && gate.get().opens() == opens) {
        return gate.get();
      }
    } catch (ExpressionException e) {
      throw Doubt.undeclared(step.line(), "the step's if is not understood: " + e.getMessage());
    }
    throw Doubt.undeclared(
        step.line(),
        "the step's if must demand steps."
            + Doubt.name(stepId)
            + ".outputs.should-skip-scan "
            + (opens == Opens.ON_A_HIT ? "==" : "!=")
            + " 'true' and nothing that may change within the job");
  }

  private void requireResultIsUploaded() throws Doubt {
    Step upload = required(InputTable.UPLOAD);
    Text file = upload.with().get("sarif_file");
    try {
      if (file != null
          && Template.parse(file.text().strip())
              .only()
              .filter(Expression.output(stepId, "cached-result")::equals)
              .isPresent()) {
        return;
      }
    } catch (ExpressionException e) {
      throw Doubt.undeclared(upload.line(), "sarif_file is not understood");
    }
    throw Doubt.undeclared(
        upload.line(),
        "sarif_file must be ${{ steps." + Doubt.name(stepId) + ".outputs.cached-result }}");
  }
}
