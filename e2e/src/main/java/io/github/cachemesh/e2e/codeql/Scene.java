package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.StepResult;
import io.github.cachemesh.testkit.runner.WorkflowJob;
import java.io.IOException;

/**
 * A checkout on a runner, the simulated GitHub, and what surrounds the next job; all of it can be
 * changed and put back. For one thread at a time.
 */
final class Scene {
  private final WorkTree tree;
  private final Hub hub;
  private final ScanJobs jobs;
  private Commit commit;
  private Trigger trigger = Trigger.PUSH;

  Scene(WorkTree tree, Hub hub, ScanJobs jobs) throws IOException {
    this.tree = tree;
    this.hub = hub;
    this.jobs = jobs;
    this.commit = Commit.head(tree);
    hub.push(commit.sha(), commit.tree());
  }

  WorkTree tree() {
    return tree;
  }

  Hub hub() {
    return hub;
  }

  Commit commit() {
    return commit;
  }

  Trigger trigger() {
    return trigger;
  }

  void trigger(Trigger next) {
    trigger = next;
  }

  /** Commits and pushes all that has changed. */
  void push(String message) throws IOException {
    tree.commit(message);
    checkedOut();
  }

  /** Tells GitHub of the commit that git has just checked out. */
  void checkedOut() throws IOException {
    commit = Commit.head(tree);
    hub.push(commit.sha(), commit.tree());
  }

  /** Back to a commit, with nothing of later ones left; ignored files stay. */
  void reset(Commit to) throws IOException {
    tree.git("reset", "--quiet", "--hard", to.sha());
    tree.git("clean", "--quiet", "--force", "-d");
    commit = to;
  }

  /** The job that the next run has, as its workflow says. */
  WorkflowJob plan() throws IOException {
    return jobs.plan(commit);
  }

  /** Runs the workflow. */
  JobResult run() throws IOException, InterruptedException {
    return jobs.run(commit, trigger);
  }

  /** Runs our step of the workflow only. */
  StepResult decide() throws IOException, InterruptedException {
    return jobs.decide(commit, trigger);
  }
}
