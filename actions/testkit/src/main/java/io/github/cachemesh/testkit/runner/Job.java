package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.testkit.oidc.JobClaims;
import io.github.cachemesh.testkit.runner.StepResult.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's job: its steps and what surrounds them. Mutable while it is put together by one
 * thread; a runner may run it any number of times.
 */
public final class Job {
  private final String name;
  private final Map<String, String> github = new LinkedHashMap<>();
  private final Map<String, String> contexts = new LinkedHashMap<>();
  private final Set<String> openContexts =
      new LinkedHashSet<>(Set.of("secrets.", "vars.", "matrix."));
  private final Map<String, String> env = new LinkedHashMap<>();
  private final Map<String, String> actionEnv = new LinkedHashMap<>();
  private final Set<String> secrets = new LinkedHashSet<>();
  private final Set<String> markers = new LinkedHashSet<>();
  private final Set<String> placesOfSecrets = new LinkedHashSet<>();
  private final List<Path> searched = new ArrayList<>();
  private final Map<String, JobContainer> services = new LinkedHashMap<>();
  private final List<JobStep> steps = new ArrayList<>();
  private final Map<String, String> outputs = new LinkedHashMap<>();

  private @Nullable JobContainer container;
  private String event = "{}";
  private String environment = "";
  private boolean idTokens;

  private Job(String name) {
    this.name = name;
    github("job", name);
    github("repository", "octo-org/octo-repo");
    github("repository_owner", "octo-org");
    github("run_id", "1");
    github("run_number", "1");
    github("run_attempt", "1");
    github("workflow", "CI");
    github("actor", "octocat");
    github("event_name", "push");
    github("ref", "refs/heads/main");
    github("ref_name", "main");
    github("sha", "0000000000000000000000000000000000000001");
    github("server_url", "https://github.com");
    github("api_url", "https://api.github.com");
    github("graphql_url", "https://api.github.com/graphql");
  }

  /** A job with that key, for {@code octo-org/octo-repo} on github.com unless said otherwise. */
  public static Job named(String name) {
    return new Job(name);
  }

  /** Sets {@code github.token} and {@code secrets.GITHUB_TOKEN}, which the runner masks. */
  public Job githubToken(String token) {
    github("token", token);
    return secret("GITHUB_TOKEN", token);
  }

  /** Sets a value of the {@code secrets} context, which the runner masks. */
  public Job secret(String secret, String value) {
    context("secrets." + secret, value);
    return secret(value);
  }

  /** Sets a value of the {@code vars} context. */
  public Job variable(String variable, String value) {
    return context("vars." + variable, value);
  }

  /** Sets a value of the {@code matrix} context, which is null for a job without one. */
  public Job matrix(String key, String value) {
    return context(Expressions.MATRIX + "." + key, value);
  }

  /** Sets what is in the file of the event, {@code {}} unless set. */
  public Job event(String json) {
    this.event = json;
    return this;
  }

  /** Names the environment that the job runs in, as its OIDC tokens say; empty for none. */
  public Job environment(String deployment) {
    this.environment = deployment;
    return this;
  }

  /** Gives the job {@code id-token: write}, if its runner has an issuer. */
  public Job idTokens() {
    this.idTokens = true;
    return this;
  }

  /** Has a job before this one be known to expressions by {@code needs}. */
  Job need(String need, Outcome result, Map<String, String> outputsOfNeed) {
    String prefix = ("needs." + need + ".outputs.").toLowerCase(Locale.ROOT);
    outputsOfNeed.forEach((output, value) -> context(prefix + output, value));
    openContexts.add(prefix);
    return context("needs." + need + ".result", result.name().toLowerCase(Locale.ROOT));
  }

  private Job context(String path, String value) {
    contexts.put(path.toLowerCase(Locale.ROOT), value);
    return this;
  }

  /** Sets a value of the {@code github} context, such as {@code api_url}. */
  public Job github(String key, String value) {
    github.put(key.toLowerCase(Locale.ROOT), value);
    return this;
  }

  /** Sets a variable of the workflow's {@code env:}. */
  public Job env(String variable, String value) {
    env.put(variable, value);
    return this;
  }

  /** Sets a variable that only actions see. A token among them needs {@link #secret} as well. */
  public Job actionEnv(String variable, String value) {
    actionEnv.put(variable, value);
    return this;
  }

  /** Masks a value from the job's start. */
  public Job secret(String value) {
    secrets.add(value);
    return this;
  }

  /**
   * Has a text searched for as if it were a secret, without the runner masking it: what hides it is
   * the job's own business.
   */
  public Job marker(String text) {
    markers.add(text);
    return this;
  }

  /** Has every file below these folders searched for secrets at the job's end, before temp goes. */
  public Job searchForSecrets(Path... folders) {
    searched.addAll(List.of(folders));
    return this;
  }

  /**
   * Lets secrets be in a place where they belong by design.
   *
   * @param place as a leak names it, such as {@code output 'token' of step 'credentials'}
   */
  public Job allowSecretsIn(String place) {
    placesOfSecrets.add(place);
    return this;
  }

  /**
   * Has {@code run:} steps run in a container.
   *
   * @throws IllegalArgumentException when it has a command: that of a job's container is to wait
   */
  public Job container(JobContainer jobContainer) {
    if (!jobContainer.command().isEmpty()) {
      throw new IllegalArgumentException("a job's container takes no command");
    }
    this.container = jobContainer;
    return this;
  }

  /**
   * Has a container run beside the job.
   *
   * @param service its name on the job's network
   */
  public Job service(String service, JobContainer serviceContainer) {
    services.put(service, serviceContainer);
    return this;
  }

  /** Adds a step that runs an action, unless an earlier step failed. */
  public Job uses(String id, EmulatedAction action, Map<String, String> with) {
    return uses(id, Condition.SUCCESS, action, with);
  }

  /** Adds a step that runs an action. */
  public Job uses(String id, Condition condition, EmulatedAction action, Map<String, String> with) {
    return add(new JobStep.Uses(id, condition, action, with));
  }

  /** Adds a step that runs a command line, unless an earlier step failed. */
  public Job run(String id, String... command) {
    return run(id, Condition.SUCCESS, Map.of(), command);
  }

  /**
   * Adds a step that runs a command line, in the job's container or else on the host, with
   * variables of its own.
   */
  public Job run(String id, Condition condition, Map<String, String> env, String... command) {
    return add(new JobStep.Run(id, condition, List.of(command), env));
  }

  /**
   * Adds a step that runs a script of bash, of several lines maybe, on the host: the job must have
   * no container.
   */
  Job script(String id, Condition condition, Map<String, String> env, String script) {
    return add(new JobStep.Script(id, condition, script, env));
  }

  /** Has the job hand a value on, evaluated at its end. */
  Job output(String output, String value) {
    outputs.put(output, value);
    return this;
  }

  private Job add(JobStep step) {
    if (steps.stream().anyMatch(other -> other.id().equals(step.id()))) {
      throw new IllegalArgumentException("two steps have the id '" + step.id() + "'");
    }
    steps.add(step);
    return this;
  }

  String name() {
    return name;
  }

  Map<String, String> outputs() {
    return outputs;
  }

  /** What expressions may look up before there is a runner for the job. */
  Expressions expressions() {
    Map<String, String> values = new LinkedHashMap<>(contexts);
    github.forEach((key, value) -> values.put("github." + key, value));
    return new Expressions(values, openContexts, Outcome.SUCCESS);
  }

  String event() {
    return event;
  }

  boolean mayRequestIdTokens() {
    return idTokens;
  }

  /** What tokens say of it when it runs there. */
  JobClaims claims(Flavour flavour) {
    JobClaims claims = JobClaims.of(github);
    JobClaims placed =
        flavour == Flavour.GITHUB_HOSTED
            ? claims
            : claims.with("runner_environment", "self-hosted");
    return environment.isEmpty() ? placed : placed.environment(environment);
  }

  Map<String, String> github() {
    return github;
  }

  Map<String, String> env() {
    return env;
  }

  Map<String, String> actionEnv() {
    return actionEnv;
  }

  Set<String> secrets() {
    return secrets;
  }

  Set<String> markers() {
    return markers;
  }

  Set<String> placesOfSecrets() {
    return placesOfSecrets;
  }

  List<Path> searched() {
    return searched;
  }

  @Nullable JobContainer container() {
    return container;
  }

  Map<String, JobContainer> services() {
    return services;
  }

  boolean hasContainers() {
    return container != null || !services.isEmpty();
  }

  List<JobStep> steps() {
    return steps;
  }
}
