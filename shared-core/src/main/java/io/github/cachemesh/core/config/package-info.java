/**
 * Configuration: the two YAML files of the Python original, the environment and the inputs, read
 * into typed immutable records.
 */
@NullMarked
package io.github.cachemesh.core.config;

import org.jspecify.annotations.NullMarked;
