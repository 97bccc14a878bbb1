package io.github.cachemesh.setup;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.Commands;
import io.github.cachemesh.core.stats.StatisticsReport;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Lets a job's API calls go through a cache node, and never fails the job: whatever goes wrong, the
 * job goes straight to GitHub and one warning says why.
 */
final class SetupGithubCache implements Action {
  private final NodeLauncher launcher;
  private final Path home;
  private final SecureRandom random;

  /**
   * @param home of the runner's user, below which the cache and gh's configuration are by default
   */
  SetupGithubCache(NodeLauncher launcher, Path home, SecureRandom random) {
    this.launcher = launcher;
    this.home = home;
    this.random = random;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // Whatever breaks here must not break the job.
  public void main(ActionContext context) throws InterruptedException {
    context.inputs().optional("github-token").ifPresent(context.commands()::mask);
    JobReport report = new JobReport(context);
    try {
      JobSettings settings = JobSettings.read(context, home);
      Optional<String> nodeUrl = context.inputs().optional("node-url");
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
    JobFiles files = JobFiles.of(context.environment(), settings.cacheDir());
    NodePlanner planner =
        new NodePlanner(
            files.runner(),
            settings,
            context.environment().kind(),
            context.environment().workspace(),
            context.environment().variables());
    JobNodes nodes = new JobNodes(files, launcher, random);
    Optional<JobNode> joined = nodes.join(planner);
    JobNode node = joined.isPresent() ? joined.get() : nodes.start(planner);
    if (files.holds(node.home())) {
      report.own(node, files);
    } else {
      hold(node, files, context, report);
    }
    report.oddities(settings.settings().warnings());
    Commands commands = context.commands();
    commands.info(
        "The API cache is ready: %s %s, socket %s, cache folder %s."
            .formatted(
                joined.isPresent() ? "joined" : "started",
                node.state(),
                node.socket(),
                node.state().cacheDir()));
    if (settings.settings().p2p().enabled()) {
      commands.info("Peers: none yet; this version keeps its entries to this runner.");
    }
  }

  private void hold(JobNode node, JobFiles files, ActionContext context, JobReport report)
      throws IOException {
    try {
      StatisticsReport before = node.statistics();
      letGhUse(node, files.gh(), context);
      report.own(node, files);
      files.hold(node.home());
      JobMemory.save(context.state(), node, before);
    } catch (IOException | RuntimeException e) {
      giveUp(node, files.gh(), e);
      throw e;
    }
  }

  private void letGhUse(JobNode node, GhFolder gh, ActionContext context) throws IOException {
    switch (gh.create(GhFolder.ofUser(context.environment(), home))) {
      case GhFolder.Creation.Created _ -> {
        gh.use(node.socket());
        context.jobEnvironment().export(GhFolder.VARIABLE, gh.exported());
      }
      case GhFolder.Creation.LeftAlone(String reason) ->
          context
              .commands()
              .warning(
                  "gh does not use the API cache: "
                      + reason
                      + " Take that away, or point GH_CONFIG_DIR elsewhere, to let it.");
    }
  }

  private static void giveUp(JobNode node, GhFolder gh, Exception why) {
    try {
      gh.takeBack(node.socket());
      node.release();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  @Override
  public void post(ActionContext context) {
    Optional<JobMemory> memory = JobMemory.of(context.state());
    if (memory.isEmpty()) {
      context.commands().info("There is nothing to undo here.");
      return;
    }
    new JobEnd(context, memory.get()).run();
  }
}
