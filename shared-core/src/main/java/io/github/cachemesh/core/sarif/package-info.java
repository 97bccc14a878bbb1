/**
 * SARIF 2.1.0 as CodeQL writes it, read as a stream: what decides whether a stored scan may stand
 * for a new one is kept, messages and code flows are not. A leaf: no other package is imported.
 */
@NullMarked
package io.github.cachemesh.core.sarif;

import org.jspecify.annotations.NullMarked;
