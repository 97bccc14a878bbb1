package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.identity.PeerId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What peers are worth to the parts of a program, by which connections are given up or spared.
 * Weights and protections live until they are taken away; at most {@value #MAX_PEERS} peers have
 * any, and each at most {@value #MAX_TAGS} of either. Thread-safe.
 */
public final class PeerTags {
  static final int MAX_PEERS = 16_384;
  static final int MAX_TAGS = 32;

  private final Map<PeerId, Map<String, Integer>> weights = new HashMap<>();
  private final Map<PeerId, Set<String>> protections = new HashMap<>();

  PeerTags() {}

  /**
   * Replaces an earlier weight of the same tag.
   *
   * @param weight may be below 0, for peers that are a burden
   * @throws IllegalStateException when there are too many, see above
   */
  public synchronized void tag(PeerId peer, String tag, int weight) {
    Map<String, Integer> tags = weights.get(peer);
    if (tags == null) {
      checkPeers(weights);
      tags = new HashMap<>(2);
      weights.put(peer, tags);
    }
    if (tags.size() >= MAX_TAGS && !tags.containsKey(tag)) {
      throw new IllegalStateException("a peer has at most " + MAX_TAGS + " tags");
    }
    tags.put(tag, weight);
  }

  public synchronized void untag(PeerId peer, String tag) {
    Map<String, Integer> tags = weights.get(peer);
    if (tags != null && tags.remove(tag) != null && tags.isEmpty()) {
      weights.remove(peer);
    }
  }

  /**
   * Its connections are not given up until every tag that protects it is taken away.
   *
   * @throws IllegalStateException when there are too many, see above
   */
  public synchronized void protect(PeerId peer, String tag) {
    Set<String> tags = protections.get(peer);
    if (tags == null) {
      checkPeers(protections);
      tags = new HashSet<>(2);
      protections.put(peer, tags);
    }
    if (tags.size() >= MAX_TAGS && !tags.contains(tag)) {
      throw new IllegalStateException("a peer has at most " + MAX_TAGS + " protections");
    }
    tags.add(tag);
  }

  /**
   * @return whether it is still protected, by another tag
   */
  public synchronized boolean unprotect(PeerId peer, String tag) {
    Set<String> tags = protections.get(peer);
    if (tags == null) {
      return false;
    }
    tags.remove(tag);
    if (tags.isEmpty()) {
      protections.remove(peer);
      return false;
    }
    return true;
  }

  public synchronized boolean isProtected(PeerId peer) {
    return protections.containsKey(peer);
  }

  /** The sum of its weights. */
  public synchronized long value(PeerId peer) {
    Map<String, Integer> tags = weights.get(peer);
    return tags == null ? 0 : tags.values().stream().mapToLong(Integer::longValue).sum();
  }

  private static void checkPeers(Map<PeerId, ?> map) {
    if (map.size() >= MAX_PEERS) {
      throw new IllegalStateException("at most " + MAX_PEERS + " peers have tags");
    }
  }
}
