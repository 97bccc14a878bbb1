package io.github.cachemesh.core.codeql;

/** Makes the key of a scan from its settings and its site. */
record ScanKeyBuilder(ScanSettings settings, ScanSite site) {
  Cacheability build() {
    throw new UnsupportedOperationException();
  }
}
