package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.actions.Commands;
import io.github.cachemesh.actions.Outputs;

/**
 * Never lets a scan be skipped, since no results are stored that could stand for it. A wrong input
 * is an error annotation but no failure: the scan then simply runs.
 */
final class SetupCodeqlCache implements Action {
  @Override
  public void main(ActionContext context) {
    Commands commands = context.commands();
    context.inputs().optional("github-token").ifPresent(commands::mask);
    CacheRequest request;
    try {
      request = CacheRequest.of(context.inputs());
    } catch (ActionFailure wrong) {
      commands.error(
          wrong.getMessage() + "\n" + wrong.remedy(), Annotation.titled(context.metadata().name()));
      scan("error", context.outputs());
      return;
    }
    if (request.enabled()) {
      commands.notice(
          "This version of setup-codeql-cache stores no results and never skips a scan: "
              + request.commitSha()
              + " is to be scanned.",
          Annotation.titled(context.metadata().name()));
    } else {
      commands.info("The CodeQL cache is disabled by the input 'enable-caching'.");
    }
    scan("disabled", context.outputs());
  }

  private static void scan(String cacheStatus, Outputs outputs) {
    outputs.set("cache-status", cacheStatus);
    outputs.set("should-skip-scan", "false");
    outputs.set("cached-result", "");
    outputs.set("cache-dir", "");
  }
}
