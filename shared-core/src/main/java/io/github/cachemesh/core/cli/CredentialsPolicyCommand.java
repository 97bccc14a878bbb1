package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.credential.StorePolicy;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "policy",
    description = {
      "Say what a store's owner has decided for all that read it, or change it.",
      "Saying it needs no key. Values beyond a smaller number go when their credential is next set."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh credentials policy",
      "  cachemesh credentials policy --keep-versions 5",
      "  cachemesh credentials policy --no-allow-asserted --reason 'scopes are keys now'"
    })
final class CredentialsPolicyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final StorePolicyOptions changes = new StorePolicyOptions();

  @Mixin final StoreAccess access = new StoreAccess();

  CredentialsPolicyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    StorePolicy policy = changes.isEmpty() ? policy() : changed();
    surroundings
        .out()
        .println(
            "%s keeps %d of a credential's values and gives %s to jobs that only say they are in a scope"
                .formatted(
                    access.store.file,
                    policy.keepVersions(),
                    policy.assertedScopes() ? "its values, with a warning," : "nothing"));
    return 0;
  }

  private StorePolicy policy() throws IOException {
    return access.store.store(surroundings).overview(access.store.anchor(surroundings)).policy();
  }

  private StorePolicy changed() throws IOException {
    // A wrong number is told before anybody is asked for a passphrase.
    StorePolicy _ = changes.over(StorePolicy.DEFAULT);
    try (StoreSession session = StoreSession.begin(access, surroundings)) {
      return session.change(
          AuditAction.POLICY,
          List.of(access.store.file.toString()),
          editor -> {
            StorePolicy policy = changes.over(editor.overview().policy());
            editor.policy(policy);
            return policy;
          });
    }
  }
}
