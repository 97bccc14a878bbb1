package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.core.codeql.Reason;
import io.github.cachemesh.core.codeql.Refusal;
import io.github.cachemesh.core.git.Checkout;
import io.github.cachemesh.core.git.CheckoutException;
import io.github.cachemesh.core.git.CheckoutState;
import io.github.cachemesh.core.git.DenyPatterns;
import io.github.cachemesh.core.git.Projection;
import io.github.cachemesh.core.sarif.CheckedOutFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The job's work tree, which may turn out to be no checkout. */
final class WorkTree implements AutoCloseable {
  private final Path top;
  private final ScanRequest request;
  private final @Nullable Checkout checkout;
  private final @Nullable Refusal refusal;

  private WorkTree(
      Path top, ScanRequest request, @Nullable Checkout checkout, @Nullable Refusal refusal) {
    this.top = top;
    this.request = request;
    this.checkout = checkout;
    this.refusal = refusal;
  }

  static WorkTree open(Path top, ScanRequest request) {
    try {
      return new WorkTree(top, request, Checkout.open(top), null);
    } catch (CheckoutException e) {
      return new WorkTree(
          top, request, null, new Refusal(Reason.of(e.reason()), String.valueOf(e.getMessage())));
    }
  }

  Optional<Checkout> checkout() {
    return Optional.ofNullable(checkout);
  }

  /** What an examination comes to. */
  sealed interface Examination {
    record Proven(CheckoutState.Clean state, Checkout checkout) implements Examination {}

    record Unproven(Refusal refusal) implements Examination {}
  }

  /** Proves every file against the commit that is to be scanned. */
  Examination examine() {
    if (checkout == null) {
      return new Examination.Unproven(
          refusal == null ? new Refusal(Reason.NO_CHECKOUT, "There is no checkout.") : refusal);
    }
    return switch (checkout.examine(
        Path.of(request.scan("source-root")), request.declaredFolders())) {
      case CheckoutState.Unfit(var reason, String detail) ->
          new Examination.Unproven(new Refusal(Reason.of(reason), detail));
      case CheckoutState.Clean clean when !clean.commit().equalsIgnoreCase(request.commitSha()) ->
          new Examination.Unproven(
              new Refusal(
                  Reason.NO_CHECKOUT,
                  "Commit %s is checked out, but %s is to be scanned."
                      .formatted(clean.commit(), request.commitSha())));
      case CheckoutState.Clean clean -> new Examination.Proven(clean, checkout);
    };
  }

  /**
   * The checkout without what {@code ignore-changes} drops; empty when it drops nothing, or the
   * checkout proves nothing.
   */
  Optional<Projection> projected(Examination examination) throws CheckoutException {
    return examination instanceof Examination.Proven(CheckoutState.Clean state, Checkout git)
            && !request.ignoreChanges().isEmpty()
        ? Optional.of(git.projected(state, DenyPatterns.of(request.ignoreChanges())))
        : Optional.empty();
  }

  /** The same as of another commit; empty also where the checkout has not got that. */
  Optional<Projection> projected(Examination examination, String commit) throws CheckoutException {
    if (!(examination instanceof Examination.Proven(CheckoutState.Clean state, Checkout git))) {
      return Optional.empty();
    }
    Optional<String> tree = git.tree(commit);
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    // What the tree alone does not say is taken to be the same: where it is not, the digests are
    // not either.
    CheckoutState.Clean other =
        new CheckoutState.Clean(
            commit, tree.get(), state.digest(), state.files(), state.beyondTree());
    return projected(new Examination.Proven(other, git));
  }

  /** The files that a SARIF names, relative to the source root; nothing outside. */
  CheckedOutFiles files() throws IOException {
    return CheckedOutFiles.of(top, request.scan("source-root"));
  }

  @Override
  public void close() {
    if (checkout != null) {
      checkout.close();
    }
  }
}
