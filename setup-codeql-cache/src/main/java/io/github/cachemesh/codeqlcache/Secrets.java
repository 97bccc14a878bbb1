package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.Inputs;
import io.github.cachemesh.core.codeql.StoreKey;
import java.util.Optional;

/** The two secrets that the inputs carry, masked in the log before anything else is done. */
final class Secrets {
  private final Inputs inputs;

  private Secrets(Inputs inputs) {
    this.inputs = inputs;
  }

  static Secrets masked(ActionContext context) {
    Secrets secrets = new Secrets(context.inputs());
    secrets.token().ifPresent(context.commands()::mask);
    context.inputs().optional("store-key").ifPresent(context.commands()::mask);
    return secrets;
  }

  Optional<String> token() {
    return inputs.optional("github-token");
  }

  /**
   * What seals the store; empty where the job was not given it.
   *
   * @throws io.github.cachemesh.actions.ActionFailure when it is too short to seal anything
   */
  Optional<String> storeKey() {
    Optional<String> key = inputs.optional("store-key");
    if (key.isPresent() && key.get().length() < StoreKey.MIN_CHARACTERS) {
      throw inputs.failure(
          "store-key", "must have at least " + StoreKey.MIN_CHARACTERS + " characters");
    }
    return key;
  }

  @Override
  public String toString() {
    return "Secrets";
  }
}
