/**
 * Entries as files: written to a temporary file, synced, renamed, and checked on read, so that many
 * processes share a folder without locks and a crash loses at most what was being written.
 */
@NullMarked
package io.github.cachemesh.core.store;

import org.jspecify.annotations.NullMarked;
