package io.github.cachemesh.codeqlcache;

/** What a proven result is used for. */
enum Mode {
  /** It stands for the scan. */
  SKIP,
  /** The scan runs all the same, and what it finds is compared with it. */
  OBSERVE
}
