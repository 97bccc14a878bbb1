package io.github.cachemesh.core.sarif;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of its own with a small heap, which reads a file and prints how many results it has.
 */
final class SmallHeapReader {
  private SmallHeapReader() {}

  static Process start(Path file) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SmallHeapReader.class.getName(),
            file.toString());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  public static void main(String[] args) throws IOException {
    SarifScan scan = SarifReader.read(Path.of(args[0]), SarifBounds.DEFAULT);
    System.out.print(scan.runs().size() + " runs, " + scan.resultsCount() + " results");
  }
}
