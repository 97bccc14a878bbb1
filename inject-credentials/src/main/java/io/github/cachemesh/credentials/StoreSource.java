package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.Answer;
import io.github.cachemesh.core.credential.Answer.Denial;
import io.github.cachemesh.core.credential.AssertedJob;
import io.github.cachemesh.core.credential.Credential;
import io.github.cachemesh.core.credential.Expiry;
import io.github.cachemesh.core.credential.KeySource;
import io.github.cachemesh.core.credential.OpenedStore;
import io.github.cachemesh.core.credential.Proof;
import io.github.cachemesh.core.credential.RollbackCheck;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.credential.StoreRefusedException;
import io.github.cachemesh.credentials.Findings.Absent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A sealed store file. Scopes are proven by the key that opens it; what the job says of itself
 * counts only where the store's policy takes it.
 */
final class StoreSource implements CredentialSource {
  private final SealedStore store;
  private final Supplier<KeySource> key;
  private final Anchor anchor;
  private final AssertedJob job;

  /**
   * @param key makes the key, which is closed after its one use
   */
  StoreSource(SealedStore store, Supplier<KeySource> key, Anchor anchor, AssertedJob job) {
    this.store = store;
    this.key = key;
    this.anchor = anchor;
    this.job = job;
  }

  @Override
  public Findings find(List<String> names) {
    try (KeySource held = key.get();
        OpenedStore opened = store.open(held, anchor)) {
      List<Answer> answers =
          opened.ask(names, List.of(new Proof.HeldKey(), new Proof.Asserted(job)));
      return findings(answers, opened.overview().rollback());
    } catch (StoreRefusedException e) {
      throw new ActionFailure(
          "Nothing was injected, the store is refused: " + e.getMessage() + ".",
          "See 'store', 'key' and 'min-generation'; the store was left as it is.",
          e);
    } catch (IOException e) {
      throw new ActionFailure(
          "Nothing was injected, the store cannot be read: " + FailureReason.of(e) + ".",
          "Check out or restore the file that 'store' names before this step.",
          e);
    }
  }

  static Findings findings(List<Answer> answers, RollbackCheck rollback) {
    List<Acquired> acquired = new ArrayList<>();
    List<Absent> missing = new ArrayList<>();
    List<Absent> refused = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (Answer answer : answers) {
      switch (answer) {
        case Answer.Granted granted -> {
          granted.warning().ifPresent(remarks::add);
          try (Credential credential = granted.credential()) {
            acquired.add(acquired(credential));
          }
        }
        case Answer.Denied(String name, Denial denial, String detail) -> {
          boolean notThere = denial == Denial.NOT_FOUND || denial == Denial.DELETED;
          (notThere ? missing : refused).add(new Absent(name, detail));
        }
      }
    }
    if (rollback == RollbackCheck.UNTOLD) {
      remarks.add(
          "Nobody can tell whether this is the newest state of the store: give 'min-generation' to"
              + " refuse an older one.");
    }
    return new Findings(acquired, missing, refused, List.of(), remarks);
  }

  private static Acquired acquired(Credential credential) {
    return new Acquired(
        credential.id().name(),
        credential.value(),
        "the store, %s, version %d".formatted(credential.id().scope(), credential.version()),
        Optional.empty(),
        expires(credential.expires()),
        false);
  }

  private static Optional<Instant> expires(Expiry expiry) {
    return expiry instanceof Expiry.At(Instant at) ? Optional.of(at) : Optional.empty();
  }
}
