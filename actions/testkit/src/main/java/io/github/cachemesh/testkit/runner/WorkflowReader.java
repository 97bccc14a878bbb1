package io.github.cachemesh.testkit.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a file into a {@link Workflow}; no key is passed over that changes what a job does. */
final class WorkflowReader {

  Workflow read(Path file) throws IOException {
    YamlMapping root = YamlMapping.read(file);
    String name = root.text("name", String.valueOf(file.getFileName()));
    root.ignore("on", "concurrency");
    boolean idTokens = idTokens(root, false);
    Map<String, String> env = root.textByKey("env");
    List<WorkflowJob> jobs = new ArrayList<>();
    root.mappingByKey("jobs").forEach((id, job) -> jobs.add(job(id, job, env, idTokens)));
    root.end();
    return new Workflow(name, jobs);
  }

  private static WorkflowJob job(
      String id, YamlMapping job, Map<String, String> envOfWorkflow, boolean idTokensOfWorkflow) {
    job.ignore("name", "runs-on", "timeout-minutes");
    Map<String, String> env = new LinkedHashMap<>(envOfWorkflow);
    env.putAll(job.textByKey("env"));
    Set<String> ids = new HashSet<>();
    WorkflowJob read =
        new WorkflowJob(
            id,
            condition(job),
            job.texts("needs"),
            environment(job),
            idTokens(job, idTokensOfWorkflow),
            job.textByKey("outputs"),
            env,
            matrix(job),
            job.mappings("steps").stream().map(step -> step(step, ids)).toList());
    job.end();
    return read;
  }

  /** Of all permissions that one alone has an effect here. */
  private static boolean idTokens(YamlMapping mapping, boolean otherwise) {
    if (!mapping.has("permissions")) {
      return otherwise;
    }
    return mapping.isMapping("permissions")
        ? "write".equals(mapping.textByKey("permissions").get("id-token"))
        : mapping.text("permissions").equals("write-all");
  }

  private static String environment(YamlMapping job) {
    if (!job.isMapping("environment")) {
      return job.text("environment", "");
    }
    YamlMapping environment = job.mapping("environment");
    environment.ignore("url");
    String name = environment.text("name");
    environment.end();
    return name;
  }

  /** The combinations of {@code include}, the only form of a matrix that is known. */
  private static List<Map<String, String>> matrix(YamlMapping job) {
    if (!job.has("strategy")) {
      return List.of();
    }
    YamlMapping strategy = job.mapping("strategy");
    strategy.ignore("fail-fast", "max-parallel");
    YamlMapping matrix = strategy.mapping("matrix");
    List<Map<String, String>> combinations =
        matrix.mappings("include").stream().map(YamlMapping::texts).toList();
    matrix.end();
    strategy.end();
    return combinations;
  }

  private static WorkflowStep step(YamlMapping step, Set<String> ids) {
    step.ignore("name");
    WorkflowStep read = step.has("uses") ? uses(step, ids) : run(step, ids);
    step.end();
    return read;
  }

  private static WorkflowStep uses(YamlMapping step, Set<String> ids) {
    String action = step.text("uses");
    String name = action.replaceFirst("@.*", "").replaceAll("[^\\w-]", "_");
    String base = action.startsWith("./") ? "__self" : "__" + name;
    return new WorkflowStep.Uses(
        id(step, base, ids), condition(step), action, step.textByKey("with"));
  }

  private static WorkflowStep run(YamlMapping step, Set<String> ids) {
    return new WorkflowStep.Run(
        id(step, "__run", ids), condition(step), step.text("run"), step.textByKey("env"));
  }

  private static Condition condition(YamlMapping mapping) {
    return new Condition(mapping.text("if", Condition.SUCCESS.expression()));
  }

  private static String id(YamlMapping step, String base, Set<String> ids) {
    String id = step.text("id", base);
    for (int count = 2; !step.has("id") && ids.contains(id); count++) {
      id = base + "_" + count;
    }
    ids.add(id);
    return id;
  }
}
