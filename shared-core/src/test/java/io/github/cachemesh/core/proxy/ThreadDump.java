package io.github.cachemesh.core.proxy;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What every thread is doing, virtual ones too, which no other interface lists. */
final class ThreadDump {
  private ThreadDump() {}

  /** The stacks of all virtual threads, each as text. */
  static List<String> virtualThreads() {
    try {
      Path folder = Files.createTempDirectory("threads");
      Path file = folder.resolve("dump.txt");
      try {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        return List.of(Files.readString(file).split("\n\n")).stream()
            .filter(stack -> stack.contains(" virtual "))
            .toList();
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
