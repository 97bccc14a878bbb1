package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.EnvironmentProxies;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.actions.Inputs;
import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.AssertedJob;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.VerifyingKey;
import io.github.cachemesh.core.proxy.TrustedCertificates;
import io.github.cachemesh.core.service.ServiceClient;
import io.github.cachemesh.core.service.ServiceUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A store or a service, whichever the inputs name; never both, and none that is half described. */
final class ConfiguredSources implements Sources {
  private static final String STORE = "store";
  private static final String SERVICE = "service-url";
  private static final String SERVICE_KEY = "service-key";
  private static final String CA = "ca";
  private static final String MIN_GENERATION = "min-generation";

  private final SecureRandom random;
  private final InstantSource clock;

  ConfiguredSources(SecureRandom random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  @Override
  public Optional<CredentialSource> source(ActionContext context) {
    Inputs inputs = context.inputs();
    boolean store = inputs.optional(STORE).isPresent();
    boolean service = inputs.optional(SERVICE).isPresent();
    if (store && service) {
      throw inputs.failure(STORE, "cannot be given together with '" + SERVICE + "'");
    }
    for (String input :
        store ? List.of(SERVICE_KEY, CA) : List.of(StoreKey.INPUT, MIN_GENERATION)) {
      if ((store || service) && inputs.optional(input).isPresent()) {
        throw inputs.failure(
            input, "does not go with '" + (store ? STORE : SERVICE) + "', which is given");
      }
    }
    if (store) {
      return Optional.of(store(context));
    }
    return service
        ? Optional.of(
            new ServiceSource(client(context), audience -> context.oidcTokens().request(audience)))
        : Optional.empty();
  }

  private CredentialSource store(ActionContext context) {
    Inputs inputs = context.inputs();
    RunnerEnvironment environment = context.environment();
    Path file = here(environment, inputs.required(STORE));
    Anchor anchor =
        inputs.optional(MIN_GENERATION).isPresent()
            ? Anchor.none().atLeast(inputs.integer(MIN_GENERATION, 1, Long.MAX_VALUE))
            : Anchor.none();
    return new StoreSource(
        new SealedStore(file, random, clock),
        new StoreKey(context)::open,
        anchor,
        job(environment, inputs.optional("runner-id")));
  }

  /** As the job tells of itself; the runner is who the workflow says it is, or who it says. */
  private static AssertedJob job(RunnerEnvironment environment, Optional<String> runnerId) {
    try {
      return new AssertedJob(
          environment.variable("GITHUB_REPOSITORY_ID").isPresent() ? environment.repositoryId() : 0,
          environment.repository(),
          environment.variable("GITHUB_WORKFLOW_REF").orElse(""),
          null,
          runnerId.or(() -> environment.variable("RUNNER_NAME")).orElse(null));
    } catch (IllegalArgumentException e) {
      throw new ActionFailure(
          "GITHUB_REPOSITORY names no repository.", "Run this action in a workflow.", e);
    }
  }

  private ServiceClient client(ActionContext context) {
    Inputs inputs = context.inputs();
    return new ServiceClient(
        url(inputs),
        key(inputs),
        ServiceClient.http(
            new EnvironmentProxies(context.environment().variables()), trust(context)),
        random);
  }

  private static ServiceUrl url(Inputs inputs) {
    try {
      return ServiceUrl.of(URI.create(inputs.required(SERVICE)));
    } catch (IllegalArgumentException _) {
      // The cause may quote it, and whoever mistook the input may have put a secret there.
      throw inputs.failure(SERVICE, "must be https://HOST[:PORT][/PATH]");
    }
  }

  private static VerifyingKey key(Inputs inputs) {
    try {
      return VerifyingKey.parse(inputs.required(SERVICE_KEY));
    } catch (EnvelopeException e) {
      throw inputs.failure(SERVICE_KEY, "is " + e.getMessage());
    }
  }

  private static TrustedCertificates trust(ActionContext context) {
    Optional<String> ca = context.inputs().optional(CA);
    if (ca.isEmpty()) {
      return TrustedCertificates.ofJdk();
    }
    try {
      return TrustedCertificates.ofJdkAnd(here(context.environment(), ca.get()));
    } catch (IOException e) {
      throw context.inputs().failure(CA, "cannot be used: " + FailureReason.of(e));
    }
  }

  @Override
  public CleanUp.LeaseReturn leaseReturn(ActionContext context) {
    return leases -> client(context).release(leases);
  }

  /** A path in the workspace, also one that only the host has under that name. */
  static Path here(RunnerEnvironment environment, String path) {
    Path workspace = environment.workspace();
    Path named = Path.of(path);
    Optional<Path> ofHost = environment.variable("GITHUB_WORKSPACE").map(Path::of);
    return ofHost.isPresent() && named.startsWith(ofHost.get())
        ? workspace.resolve(ofHost.get().relativize(named))
        : workspace.resolve(named);
  }
}
