package io.github.cachemesh.core.stats;

import java.time.Instant;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the statistics show but do not count themselves. Suppliers are called from any thread, at
 * every report.
 *
 * @param startedAt when counting began; tells two runs of a node apart
 * @param cacheDir as shown to the user
 * @param cacheSize entries kept now
 * @param maxCacheSize most entries that are kept
 * @param memoryBytes bytes of entries in memory now
 * @param diskBytes bytes of entries on disk now
 * @param connectedPeers peers connected now
 * @param connectivity how this node is reached now
 */
public record StatisticsContext(
    Instant startedAt,
    String cacheDir,
    LongSupplier cacheSize,
    long maxCacheSize,
    LongSupplier memoryBytes,
    LongSupplier diskBytes,
    boolean p2pEnabled,
    IntSupplier connectedPeers,
    Supplier<Connectivity> connectivity) {

  /** The context of a node without peers. */
  public static StatisticsContext withoutPeers(
      Instant startedAt,
      String cacheDir,
      LongSupplier cacheSize,
      long maxCacheSize,
      LongSupplier memoryBytes,
      LongSupplier diskBytes,
      boolean p2pEnabled) {
    return new StatisticsContext(
        startedAt,
        cacheDir,
        cacheSize,
        maxCacheSize,
        memoryBytes,
        diskBytes,
        p2pEnabled,
        () -> 0,
        () -> Connectivity.NONE);
  }
}
