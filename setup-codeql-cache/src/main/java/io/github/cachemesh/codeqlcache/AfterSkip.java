package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.github.AnalysisQuery;
import io.github.cachemesh.core.github.GitHubException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What post does in a job that skipped its scan: makes sure that the stored result was uploaded for
 * the commit, since a required check would wait for ever.
 */
final class AfterSkip {
  private final ActionContext context;
  private final JobMemory.Skipped skipped;

  AfterSkip(ActionContext context, JobMemory.Skipped skipped) {
    this.context = context;
    this.skipped = skipped;
  }

  /**
   * Looks for the mark that codeql-action leaves in the job, then for GitHub's record.
   *
   * @param github empty where the job has no token
   * @return why the job is to fail; empty also where nothing was uploaded and nothing must be
   */
  Optional<ActionFailure> run(Optional<GitHubQuestions> github) {
    Map<String, String> environment = context.environment().variables();
    if (environment.containsKey(Categories.uploadMark(skipped.categoryId()))) {
      context.commands().info("The stored result was uploaded for this commit.");
      return Optional.empty();
    }
    String doubt = "";
    try {
      if (github.isPresent() && isRecorded(github.get())) {
        context.commands().info("GitHub has an analysis of this commit.");
        return Optional.empty();
      }
    } catch (IOException e) {
      doubt = " GitHub cannot be asked for it: " + FailureReason.of(e) + ".";
    }
    ActionFailure failure =
        new ActionFailure(
            "The CodeQL scan was skipped, but its stored result was not uploaded for this commit."
                + doubt,
            "Upload 'cached-result' with github/codeql-action/upload-sarif in a step with"
                + " if: steps.<id>.outputs.should-skip-scan == 'true'. Checks that require code"
                + " scanning results wait for ever otherwise; set 'require-upload' to false if"
                + " there are none.");
    if (context.inputs().bool("require-upload")) {
      return Optional.of(failure);
    }
    context
        .commands()
        .warning(
            failure.getMessage() + "\n" + failure.remedy(),
            Annotation.titled(context.metadata().name()));
    return Optional.empty();
  }

  private boolean isRecorded(GitHubQuestions github) throws GitHubException {
    return github
        .codeScanning()
        .analyses(AnalysisQuery.of(new Surroundings(context).ref(), "CodeQL"))
        .items()
        .stream()
        .anyMatch(
            analysis ->
                analysis.commitSha().equalsIgnoreCase(skipped.commit())
                    && analysis.error().isEmpty()
                    && Categories.bare(analysis.category())
                        .equals(Categories.bare(skipped.categoryId())));
  }
}
