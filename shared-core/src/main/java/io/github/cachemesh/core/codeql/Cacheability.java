package io.github.cachemesh.core.codeql;

import java.util.Optional;

/** Whether a scan has a key: a pure function of its settings and its site. */
public sealed interface Cacheability {
  /**
   * @param projected the key without the files that {@code ignore-changes} drops, when it may be
   *     used
   */
  record Cacheable(ScanKey key, Optional<ScanKey> projected) implements Cacheability {}

  /** Something that decides the result is not known or may move. */
  record NotCacheable(Refusal refusal) implements Cacheability {}

  static Cacheability of(ScanSettings settings, ScanSite site) {
    return new ScanKeyBuilder(settings, site).build();
  }
}
