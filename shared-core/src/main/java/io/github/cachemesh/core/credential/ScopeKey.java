package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.envelope.KeyId;
import io.github.cachemesh.core.envelope.Sealed;

/**
 * The one key that wraps the data keys of a scope's values.
 *
 * @param key which key it is
 * @param wrapped under the store's key
 */
record ScopeKey(KeyId key, Sealed wrapped) {}
