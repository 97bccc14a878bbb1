/**
 * What the credential store, its service and its audit log withstand: real processes, attacked
 * files, forged tokens and killed writers.
 */
@NullMarked
package io.github.cachemesh.e2e.credentials;

import org.jspecify.annotations.NullMarked;
