package io.github.cachemesh.e2e;

import io.github.cachemesh.testkit.github.Token;
import java.nio.file.Path;

/**
 * A job that asks GitHub what {@link Workload} says.
 *
 * @param token the job's, named as the job is
 * @param cached whether it uses setup-github-cache
 * @param latencies the file that takes its clients' times, seconds a line
 */
record DemoJob(Token token, boolean cached, Path latencies) {
  String name() {
    return token.id() + (cached ? " with cache" : " without cache");
  }
}
