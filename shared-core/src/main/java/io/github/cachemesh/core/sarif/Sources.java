package io.github.cachemesh.core.sarif;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The checked out files that a SARIF's paths name. */
@FunctionalInterface
public interface Sources {
  /**
   * Opens a regular file; the caller closes it.
   *
   * @param path as in {@link SarifResult#path}, hence of any form: what leads out of the checkout
   *     must be answered with empty
   */
  Optional<InputStream> open(String path) throws IOException;
}
