package io.github.cachemesh.setup;

import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this action keeps of one job. */
record JobFiles(Path temp, Path cacheDir, RunnerIdentity runner) {
  static JobFiles of(RunnerEnvironment environment, Path cacheDir) {
    return new JobFiles(
        environment.temp().toAbsolutePath(), cacheDir, RunnerIdentity.of(environment));
  }

  /** Goes with the job. */
  GhFolder gh() {
    return new GhFolder(ofJob().resolve("gh"));
  }

  JobLease lease() {
    return new JobLease(runner.value(), gh().path().toString());
  }

  /** Whether an earlier step of this job uses that node: its post then sees to everything. */
  boolean holds(NodeHome node) {
    return Files.exists(mark(node));
  }

  void hold(NodeHome node) throws IOException {
    PrivateFiles.createFolder(mark(node));
  }

  private Path mark(NodeHome node) {
    return ofJob().resolve("nodes").resolve(node.id());
  }

  private Path ofJob() {
    return temp.resolve("cachemesh");
  }

  /** Stays until the runner's next job ends: the node writes it when the lease is released. */
  Path stats() {
    return cacheDir.resolve("jobs").resolve(runner.value() + ".json");
  }
}
