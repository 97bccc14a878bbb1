package io.github.cachemesh.core.envelope;

/** A KDF that is strong enough for what is written today. Immutable. */
public sealed interface CurrentKdf extends PassphraseKdf permits Argon2id, Pbkdf2HmacSha256 {}
