package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.testkit.runner.Job;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What starts a job and what surrounds it, besides the commit. Immutable.
 *
 * @param branch that was pushed, or from which the pull request comes
 * @param variables of the repository ({@code vars})
 * @param environment of the job
 */
record Trigger(
    String event,
    String branch,
    Optional<PullRequest> pull,
    Map<String, String> variables,
    Map<String, String> environment) {

  /**
   * A pull request into main.
   *
   * @param fork whether it comes from another repository
   */
  record PullRequest(int number, String baseSha, boolean fork) {}

  /** What a step before ours exports, since no container sees what the machine itself says. */
  private static final Map<String, String> MACHINE =
      Map.of("ImageOS", "ubuntu24", "ImageVersion", "20261115.3");

  /** A push to main. */
  static final Trigger PUSH = new Trigger("push", "main", Optional.empty(), Map.of(), MACHINE);

  Trigger {
    variables = Map.copyOf(variables);
    environment = Map.copyOf(environment);
  }

  static Trigger pullRequest(int number, String baseSha, boolean fork) {
    return new Trigger(
        "pull_request",
        "change-" + number,
        Optional.of(new PullRequest(number, baseSha, fork)),
        Map.of(),
        MACHINE);
  }

  Trigger event(String name) {
    return new Trigger(name, branch, pull, variables, environment);
  }

  Trigger variable(String name, String value) {
    return new Trigger(event, branch, pull, with(variables, name, value), environment);
  }

  Trigger environment(String name, String value) {
    return new Trigger(event, branch, pull, variables, with(environment, name, value));
  }

  private static Map<String, String> with(Map<String, String> all, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(all);
    more.put(name, value);
    return more;
  }

  Optional<Integer> pullRequest() {
    return pull.map(PullRequest::number);
  }

  String ref() {
    return pull.map(request -> "refs/pull/" + request.number() + "/merge")
        .orElse("refs/heads/" + branch);
  }

  void apply(Job job) {
    job.github("event_name", event)
        .github("ref", ref())
        .github("ref_name", ref().replaceFirst("^refs/(heads|pull)/", ""));
    variables.forEach(job::variable);
    environment.forEach(job::env);
    pull.ifPresent(
        request -> {
          job.github("base_ref", "main").github("head_ref", branch);
          job.event(
              """
              {"pull_request": {"number": %d, "base": {"ref": "main", "sha": "%s", "repo": {"id": 1}},
               "head": {"ref": "%s", "repo": {"id": %d}}}}\
              """
                  .formatted(request.number(), request.baseSha(), branch, request.fork() ? 2 : 1));
        });
  }
}
