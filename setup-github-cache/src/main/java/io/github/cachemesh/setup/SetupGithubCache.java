package io.github.cachemesh.setup;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lets a job's API calls go through a cache node, and never fails the job: whatever goes wrong, the
 * job goes straight to GitHub and one warning says why.
 */
final class SetupGithubCache implements Action {
  private final NodeHost.Opening nodes;
  private final Path home;

  /**
   * @param home what {@code ~} stands for in settings
   */
  SetupGithubCache(NodeHost.Opening nodes, Path home) {
    this.nodes = nodes;
    this.home = home;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // Whatever breaks here must not break the job.
  public void main(ActionContext context) throws InterruptedException {
    context.inputs().optional("github-token").ifPresent(context.commands()::mask);
    JobReport report = new JobReport(context);
    try {
      Optional<String> nodeUrl = context.inputs().optional("node-url");
      JobSettings settings = JobSettings.read(context, home);
      if (!settings.settings().cache().enabled()) {
        report.disabled();
      } else if (nodeUrl.isPresent()) {
        report.foreign(ForeignNode.checked(context.inputs(), nodeUrl.get()));
      } else {
        useOwnNode(context, settings, report);
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      report.fallback(e);
    }
  }

  private void useOwnNode(ActionContext context, JobSettings settings, JobReport report)
      throws IOException, InterruptedException {
    NodeHost host = nodes.open(context);
    JobPlace place = host.place();
    place.create();
    JobNode node = host.lease(settings);
    if (!place.isHeld()) {
      hold(node, host, settings, context);
    }
    report.own(node, place);
    report.oddities(settings.settings().warnings());
    Commands commands = context.commands();
    commands.info(
        "The API cache is ready: %s node %s, %s, cache folder %s."
            .formatted(
                node.started() ? "started" : "joined",
                node.lease().node(),
                place.socketForSteps().map(socket -> "socket " + socket).orElse("no socket"),
                node.cacheDir()));
    if (settings.settings().p2p().enabled()) {
      commands.info("Peers: none yet; this version keeps its entries to this runner.");
    }
  }

  private static void hold(JobNode node, NodeHost host, JobSettings settings, ActionContext context)
      throws IOException {
    JobPlace place = host.place();
    try {
      checkUpstream(node, settings);
      letGhUse(host, context);
      place.hold();
      JobMemory.save(context.state(), node);
    } catch (IOException | RuntimeException e) {
      try {
        place.gh().end();
        var _ = node.client().releaseLease(host.runner().value());
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static void checkUpstream(JobNode node, JobSettings settings) throws IOException {
    Optional<String> problem = node.client().upstreamProblem();
    if (problem.isPresent()) {
      throw new ActionFailure(
          "'upstream' names %s, whose certificate is not trusted: %s."
              .formatted(settings.upstream(), problem.get()),
          "Correct 'upstream', or name a file of its certificates in proxy.ca_file of the"
              + " configuration file or in CACHEMESH_CA_FILE.");
    }
  }

  private static void letGhUse(NodeHost host, ActionContext context) throws IOException {
    Optional<String> obstacle = obstacle(host);
    if (obstacle.isPresent()) {
      context.commands().warning("gh does not use the API cache: " + obstacle.get());
    } else {
      host.place().gh().on();
      context.jobEnvironment().export(GhFolder.VARIABLE, host.place().exportedGh());
    }
  }

  /** Prepares gh's configuration; why not, if it cannot be. */
  private static Optional<String> obstacle(NodeHost host) throws IOException {
    JobPlace place = host.place();
    if (!place.canHoldSocket()) {
      return Optional.of(
          "the path %s is longer than a socket's may be. Move the runner to a shorter one."
              .formatted(place.socketOfSteps()));
    }
    Optional<Path> user;
    try {
      user = host.ghOfUser();
    } catch (ActionFailure e) {
      return Optional.of(e.getMessage() + " " + e.remedy());
    }
    return switch (place.gh().create(user, place.socketOfSteps())) {
      case GhFolder.Creation.Created _ -> Optional.empty();
      case GhFolder.Creation.LeftAlone(String reason) ->
          Optional.of(reason + " Take that away, or point GH_CONFIG_DIR elsewhere, to let it.");
    };
  }

  @Override
  public void post(ActionContext context) throws IOException {
    Optional<String> node = JobMemory.node(context.state());
    if (node.isPresent()) {
      NodeHost host = nodes.open(context);
      // act hands the state of one use of this action to the post of another.
      if (host.place().letGo()) {
        new JobEnd(context, host, node.get()).run();
        return;
      }
    }
    context.commands().info("There is nothing to undo here.");
  }
}
