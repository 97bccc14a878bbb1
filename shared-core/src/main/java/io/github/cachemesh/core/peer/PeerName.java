package io.github.cachemesh.core.peer;

/**
 * A peer id, in both of its forms.
 *
 * @param id base58, which addresses have
 * @param cid the same as a CID
 * @param keyType the kind of key whose hash it is
 */
public record PeerName(String id, String cid, String keyType) {}
