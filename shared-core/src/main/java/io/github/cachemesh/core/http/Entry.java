package io.github.cachemesh.core.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One stored 200: a body by its digest, the fields that every caller may see, and for whom GitHub
 * vouched for it.
 *
 * <p>A resource may have several entries: one for each media type, and for each body where callers
 * see different ones. Immutable. Whoever holds an entry without a {@link Proof} of its own holds an
 * untrusted candidate.
 *
 * @param fields the response's fields that may be shared, see {@link SharedFields}
 * @param bodyLength bytes
 * @param weakTag whether GitHub marked its tag as weak
 * @param proofs at most {@link #MAX_PROOFS}, the latest first, at most one a principal
 */
public record Entry(
    RequestKey key,
    Fields fields,
    BodyDigest body,
    long bodyLength,
    TagKind tagKind,
    boolean weakTag,
    Vary vary,
    Instant storedAt,
    List<Proof> proofs) {

  /** How many principals' proofs an entry keeps; the oldest goes first. */
  public static final int MAX_PROOFS = 16;

  public Entry {
    Set<Principal> proven = new HashSet<>();
    proofs =
        proofs.stream()
            .sorted(Comparator.comparing(Proof::at).reversed())
            .filter(proof -> proven.add(proof.principal()))
            .limit(MAX_PROOFS)
            .toList();
  }

  /** What tells entries of one resource apart. */
  public record Id(RequestKey key, BodyDigest body) {}

  public Id id() {
    return new Id(key, body);
  }

  public Optional<Proof> proofOf(Principal principal) {
    return proofs.stream().filter(proof -> proof.principal().equals(principal)).findFirst();
  }

  /** When GitHub last vouched for this body, for whomever. */
  public Instant lastProvenAt() {
    return proofs.isEmpty() ? storedAt : proofs.getFirst().at();
  }

  /** This entry with that proof in place of an older one of the same principal. */
  public Entry provenBy(Proof proof) {
    List<Proof> changed = new ArrayList<>(proofs.size() + 1);
    changed.add(proof);
    proofs.stream()
        .filter(other -> !other.principal().equals(proof.principal()))
        .forEach(changed::add);
    return withProofs(changed);
  }

  /**
   * This entry without what GitHub said to {@code principal}, which has since seen another body.
   */
  public Entry disprovenFor(Principal principal) {
    return withProofs(
        proofs.stream().filter(proof -> !proof.principal().equals(principal)).toList());
  }

  /** This entry with other shared fields. */
  public Entry withFields(Fields changed) {
    return new Entry(key, changed, body, bodyLength, tagKind, weakTag, vary, storedAt, proofs);
  }

  private Entry withProofs(List<Proof> changed) {
    return new Entry(key, fields, body, bodyLength, tagKind, weakTag, vary, storedAt, changed);
  }

  /**
   * This body under another media type, for which GitHub has just vouched too: by {@link
   * EtagFormula}, since no other tag is sent across media types.
   */
  public Entry as(RequestKey otherKey, Fields otherFields, Proof proof) {
    return new Entry(
        otherKey,
        otherFields,
        body,
        bodyLength,
        TagKind.FORMULA,
        weakTag,
        vary,
        proof.at(),
        List.of(proof));
  }
}
