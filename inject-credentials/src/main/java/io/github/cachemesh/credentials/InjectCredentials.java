package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.actions.Commands;
import io.github.cachemesh.actions.Inputs;
import io.github.cachemesh.actions.Outputs;

/**
 * Masks what it is given before anything else, injects nothing, and fails the step when an input is
 * wrong: a job must not go on believing that it has a credential.
 */
final class InjectCredentials implements Action {
  @Override
  public void main(ActionContext context) {
    try {
      int asked = checked(context.inputs(), context.commands());
      if (asked > 0) {
        warn(asked, context);
      }
      report(asked > 0 ? "skipped" : "empty", context.outputs());
    } catch (ActionFailure wrong) {
      report("error", context.outputs());
      throw wrong;
    }
  }

  /** Returns how many credentials were asked for. */
  private static int checked(Inputs inputs, Commands commands) {
    inputs.optional("github-token").ifPresent(commands::mask);
    CredentialsInput credentials = CredentialsInput.of(inputs);
    credentials.values().forEach(commands::mask);
    inputs.required("github-token");
    credentials.check();
    return credentials.size() + inputs.list("credential-names").size();
  }

  private static void warn(int asked, ActionContext context) {
    context
        .commands()
        .warning(
            ("None of %d credentials was injected: this version of inject-credentials has no store"
                    + " to take them from and hands none on.%nGive each step what it needs by"
                    + " 'env:', such as API_KEY: ${{ secrets.API_KEY }}.")
                .formatted(asked),
            Annotation.titled(context.metadata().name()));
  }

  private static void report(String status, Outputs outputs) {
    outputs.set("credentials-injected", "0");
    outputs.set("status", status);
  }
}
