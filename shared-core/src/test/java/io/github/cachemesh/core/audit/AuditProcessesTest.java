package io.github.cachemesh.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several JVMs append to one log, and one of them is killed. */
@Timeout(60)
class AuditProcessesTest {
  private static final int EVENTS = 60;
  private static final long MAX_FILE_BYTES = 4000;

  @TempDir Path temporary;

  /** Prints the head after each event, once it is logged. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    AuditLog log = new LogFolder(Path.of(args[0])).log(MAX_FILE_BYTES);
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      out.println(log.append(LogFolder.event("from " + args[2])));
    }
  }

  private Process start(int events, String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            AuditProcessesTest.class.getName(),
            temporary.resolve("audit").toString(),
            Integer.toString(events),
            name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void allLinesOfAllProcessesStandInOneChain() throws Exception {
    Process one = start(EVENTS, "one");
    Process other = start(EVENTS, "other");
    List<String> heads = new ArrayList<>(one.inputReader().readAllLines());
    heads.addAll(other.inputReader().readAllLines());

    assertThat(one.waitFor(30, TimeUnit.SECONDS) && other.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(heads).hasSize(2 * EVENTS).doesNotHaveDuplicates();
    LogFolder folder = new LogFolder(temporary.resolve("audit"));
    AuditHead last = folder.log().head();
    assertThat(last.seq()).isEqualTo(2 * EVENTS);
    assertThat(folder.log().verify(last)).isEqualTo(new AuditVerdict.Intact(last, true));
    assertThat(folder.whats()).filteredOn("from one"::equals).hasSize(EVENTS);
  }

  @Test
  void nothingThatWasLoggedIsLostWhenTheProcessIsKilled() throws Exception {
    Process killed = start(Integer.MAX_VALUE, "killed");
    AuditHead acknowledged = AuditHead.START;
    try (BufferedReader heads =
        new BufferedReader(
            new InputStreamReader(killed.getInputStream(), StandardCharsets.US_ASCII))) {
      for (int i = 0; i < EVENTS; i++) {
        acknowledged = AuditHead.parse(heads.readLine());
      }
    } finally {
      killed.destroyForcibly().waitFor();
    }

    LogFolder folder = new LogFolder(temporary.resolve("audit"));
    AuditHead next = folder.log().append(LogFolder.event("after"));

    assertThat(next.seq()).isGreaterThan(EVENTS);
    assertThat(folder.log().verify(acknowledged)).isEqualTo(new AuditVerdict.Intact(next, true));
  }
}
