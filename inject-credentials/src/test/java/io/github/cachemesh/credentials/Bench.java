package io.github.cachemesh.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionProcess;
import io.github.cachemesh.core.service.Export;
import io.github.cachemesh.core.service.Lease;
import io.github.cachemesh.core.service.Released;
import io.github.cachemesh.credentials.Findings.Absent;
import io.github.cachemesh.testkit.runner.ActionLauncher;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jobs with the action in them, which asks a source of the test's for credentials by name. */
final class Bench implements Sources {
  static final String STEP = "inject";
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final Instant EXPIRES = Instant.parse("2026-11-22T11:00:00Z");

  private final Map<String, String> with =
      new HashMap<>(Map.of("github-token", "${{ github.token }}"));
  private final List<Acquired> acquired = new ArrayList<>();
  private final List<Absent> missing = new ArrayList<>();
  private final List<Absent> refused = new ArrayList<>();
  private final List<Lease> leases = new ArrayList<>();
  private final List<Lease> released = new ArrayList<>();
  private Fault fault = Fault.NONE;
  private Released outcome = Released.REVOKED;

  Bench with(String input, String value) {
    with.put(input, value);
    return this;
  }

  /** Gives the credential when it is asked for. */
  Bench has(String name, String value) {
    return has(name, value.getBytes(UTF_8), null, null);
  }

  /**
   * Gives the credential when it is asked for.
   *
   * @param export where it has to go; null where the workflow may choose
   * @param lease by which it ends; null where nothing ends it
   */
  Bench has(String name, byte[] value, @Nullable Export export, @Nullable String lease) {
    acquired.add(
        new Acquired(
            name,
            value,
            "a test",
            Optional.ofNullable(export),
            Optional.of(EXPIRES),
            lease != null));
    Optional.ofNullable(lease).map(Lease::parse).ifPresent(leases::add);
    return this;
  }

  Bench misses(String name) {
    missing.add(new Absent(name, "there is none of that name"));
    return this;
  }

  Bench refuses(String name) {
    refused.add(new Absent(name, "no grant gives it to this job"));
    return this;
  }

  /** Has leases come to that when they are given back. */
  Bench releases(Released result) {
    this.outcome = result;
    return this;
  }

  /** Has something be wrong with the action. */
  Bench fault(Fault broken) {
    this.fault = broken;
    return this;
  }

  /** The leases that were given back. */
  List<Lease> released() {
    return released;
  }

  @Override
  public Optional<CredentialSource> source(ActionContext context) {
    return acquired.isEmpty() && missing.isEmpty() && refused.isEmpty()
        ? Optional.empty()
        : Optional.of(_ -> findings());
  }

  private Findings findings() {
    List<Acquired> copies = new ArrayList<>();
    for (Acquired one : acquired) {
      copies.add(
          new Acquired(
              one.name(),
              one.value().clone(),
              one.origin(),
              one.export(),
              one.expires(),
              one.revocable()));
    }
    return new Findings(copies, missing, refused, leases, List.of());
  }

  @Override
  public CleanUp.LeaseReturn leaseReturn(ActionContext context) {
    return given -> {
      released.addAll(given);
      return given.stream().map(_ -> outcome).toList();
    };
  }

  /** A job whose first step is the action, in this JVM. */
  Job job() throws IOException {
    return addTo(Job.named("deploy").githubToken("ghs_0123456789"), STEP);
  }

  /** Adds the action as a step of that id. */
  Job addTo(Job job, String id) throws IOException {
    return job.uses(id, EmulatedAction.of(Path.of("action.yml"), this::launch), Map.copyOf(with));
  }

  private ActionLauncher.Launch launch(ActionLauncher.Invocation invocation) {
    Stream<String> arguments =
        Stream.concat(Stream.of(invocation.phase().argument()), invocation.arguments().stream());
    return new ActionLauncher.Launch(
        List.of(),
        invocation.env(),
        invocation.folders().workspace(),
        List.of(),
        (env, out) ->
            new ActionProcess(
                    fault.action().apply(action()),
                    invocation.metadata(),
                    env,
                    fault.between(out),
                    new SecureRandom())
                .run(arguments.toArray(String[]::new)));
  }

  private Action action() {
    return new InjectCredentials(this, new SecureRandom(), InstantSource.fixed(NOW));
  }
}
