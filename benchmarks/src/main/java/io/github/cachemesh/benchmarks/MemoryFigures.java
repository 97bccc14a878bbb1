package io.github.cachemesh.benchmarks;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process takes at one moment, in bytes.
 *
 * @param resident pages that are in memory, as Linux counts them
 * @param objects of the heap, without garbage
 * @param buffers direct memory of Netty's allocator
 * @param code classes and compiled code
 */
record MemoryFigures(long resident, long objects, long buffers, long code) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  /** Collects all garbage before. */
  static MemoryFigures now() throws IOException {
    System.gc();
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    return new MemoryFigures(
        residentBytes(),
        memory.getHeapMemoryUsage().getUsed(),
        ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory(),
        memory.getNonHeapMemoryUsage().getCommitted());
  }

  private static long residentBytes() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(RESIDENT)) {
        return Long.parseLong(line.substring(RESIDENT.length()).replace("kB", "").strip()) << 10;
      }
    }
    throw new IOException(STATUS + " has no line " + RESIDENT);
  }

  /** Free heap, stacks, and what the JVM takes for itself. */
  long rest() {
    return resident - objects - buffers - code;
  }
}
