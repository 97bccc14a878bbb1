package io.github.cachemesh.core.envelope;

/**
 * A key in a box.
 *
 * @param by the key-encryption key that opens it
 * @param box the wrapped key, bound to {@code by}, to its {@link KeyKind} and to what its owner
 *     gave
 */
public record Wrap(KeyId by, Sealed box) {}
