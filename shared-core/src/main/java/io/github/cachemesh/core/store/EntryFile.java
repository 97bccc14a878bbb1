package io.github.cachemesh.core.store;

import java.time.Instant;

/**
 * An entry's file as the folder lists it.
 *
 * @param bytes of the whole file
 * @param lastUsed when it was written or last touched
 */
public record EntryFile(EntryName name, long bytes, Instant lastUsed) {}
