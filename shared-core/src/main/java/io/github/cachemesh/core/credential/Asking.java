package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.Answer.Basis;
import io.github.cachemesh.core.credential.Answer.Denial;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which record a name stands for, for somebody with proofs: a pure decision. Only a scope that is
 * proven counts, and of those the narrowest.
 */
final class Asking {
  /** From the widest. */
  private static final List<String> BREADTH =
      List.of("global", "repo", "runner", "workflow", "environment");

  private final Map<Scope, Basis> proven = new HashMap<>();
  private final Set<Scope> onlyAsserted;

  /**
   * @param held the scopes that the key proves
   */
  Asking(Collection<Proof> proofs, Set<Scope> held, StorePolicy policy) {
    Set<Scope> asserted = new HashSet<>();
    for (Proof proof : proofs) {
      switch (proof) {
        case Proof.HeldKey() -> held.forEach(scope -> prove(scope, Basis.HELD_KEY));
        case Proof.VerifiedToken(VerifiedJob job) ->
            job.scopes().forEach(scope -> prove(scope, Basis.VERIFIED_TOKEN));
        case Proof.Asserted(AssertedJob job) -> asserted.addAll(job.scopes());
      }
    }
    if (policy.assertedScopes()) {
      asserted.forEach(scope -> prove(scope, Basis.ASSERTED));
    }
    asserted.removeAll(proven.keySet());
    this.onlyAsserted = Set.copyOf(asserted);
  }

  private void prove(Scope scope, Basis basis) {
    proven.merge(scope, basis, (one, other) -> one.compareTo(other) <= 0 ? one : other);
  }

  /** What a name stands for. */
  sealed interface Choice {
    record Chosen(CredentialId id, Basis basis) implements Choice {}

    record None(Denial denial, String detail) implements Choice {}
  }

  /**
   * Decides.
   *
   * @param sameName all records of one name
   */
  Choice choose(Collection<Entry> sameName) {
    List<CredentialId> live =
        sameName.stream().filter(each -> !each.isDeleted()).map(Entry::id).toList();
    if (live.isEmpty()) {
      return sameName.isEmpty()
          ? new Choice.None(Denial.NOT_FOUND, "the store has none of that name")
          : new Choice.None(Denial.DELETED, "it was deleted from the store");
    }
    List<CredentialId> allowed =
        live.stream().filter(each -> proven.containsKey(each.scope())).toList();
    return allowed.isEmpty() ? unproven(live) : narrowest(allowed);
  }

  private Choice narrowest(List<CredentialId> allowed) {
    int breadth = allowed.stream().mapToInt(Asking::breadth).max().orElseThrow();
    List<CredentialId> narrowest =
        allowed.stream().filter(each -> breadth(each) == breadth).toList();
    if (narrowest.size() > 1) {
      return new Choice.None(Denial.AMBIGUOUS, "it has a value in each of " + scopes(narrowest));
    }
    CredentialId id = narrowest.getFirst();
    return new Choice.Chosen(id, proven.getOrDefault(id.scope(), Basis.ASSERTED));
  }

  private Choice unproven(List<CredentialId> live) {
    List<CredentialId> asserted =
        live.stream().filter(each -> onlyAsserted.contains(each.scope())).toList();
    return asserted.isEmpty()
        ? new Choice.None(
            Denial.NOT_PROVEN,
            "it belongs to %s, which nothing proves: use a key of the scope, or the service"
                .formatted(scopes(live)))
        : new Choice.None(
            Denial.ONLY_ASSERTED,
            "it belongs to %s, which the job only says it is of: use a key of the scope, or the"
                    .formatted(scopes(asserted))
                + " service; the store's policy does not allow asserted scopes");
  }

  private static int breadth(CredentialId id) {
    return BREADTH.indexOf(id.scope().kind());
  }

  private static String scopes(List<CredentialId> ids) {
    return ids.stream().map(each -> each.scope().toString()).collect(Collectors.joining(", "));
  }
}
