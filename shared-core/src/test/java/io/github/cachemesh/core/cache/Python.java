package io.github.cachemesh.core.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;

/** Runs a script with the real {@code python3}. */
final class Python {
  private Python() {}

  /**
   * @param script at most one argument long
   * @return what the script printed
   */
  static String run(String script, String standardInput) throws IOException, InterruptedException {
    Process python;
    try {
      python =
          new ProcessBuilder("python3", "-c", script)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "python3, which this compares with, is not installed: " + e.getMessage());
      throw e;
    }
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (OutputStream in = python.getOutputStream()) {
                    in.write(standardInput.getBytes(UTF_8));
                  } catch (IOException _) {
                    // The script ended early; its exit code tells.
                  }
                });
    String output = new String(python.getInputStream().readAllBytes(), UTF_8);
    writer.join();
    assertThat(python.waitFor()).as(output).isZero();
    return output;
  }
}
