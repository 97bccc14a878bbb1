package io.github.cachemesh.core.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.oidc.Admission.Fresh;
import io.github.cachemesh.core.oidc.Admission.Replayed;
import io.github.cachemesh.core.oidc.Admission.Unrecorded;
import io.github.cachemesh.testkit.oidc.JobClaims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class ReplayRecordTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration LIFE = Duration.ofMinutes(11);

  @TempDir Path root;
  private Path folder;
  private volatile Instant now = START;
  private ReplayRecord record;

  @BeforeEach
  void open() throws IOException {
    folder = root.resolve("replay");
    record = opened();
  }

  private ReplayRecord opened() throws IOException {
    return ReplayRecord.in(folder, () -> now);
  }

  static VerifiedToken token(String id, Instant acceptedUntil) {
    Map<String, Object> claims = new TreeMap<>(JobClaims.push("octo-org/octo-repo").claims());
    claims.putAll(
        Map.of(
            "iss", "https://issuer.example", "aud", "me", "jti", id, "iat", 1, "nbf", 1, "exp", 2));
    return new VerifiedToken(
        TokenClaims.unverified(JsonMapper.shared().writeValueAsString(claims)), acceptedUntil);
  }

  private static VerifiedToken token(String id) {
    return token(id, START.plus(LIFE));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("used-")).toList();
    }
  }

  @Test
  void aTokenIsFreshOnce() {
    assertThat(record.admit(token("a"))).isInstanceOf(Fresh.class);
    assertThat(record.admit(token("a"))).isInstanceOf(Replayed.class);
    assertThat(record.admit(token("b"))).isInstanceOf(Fresh.class);
  }

  @Test
  void aTokenIsReplayedAfterARestart() throws Exception {
    record.admit(token("a"));
    assertThat(opened().admit(token("a"))).isInstanceOf(Replayed.class);
  }

  @Test
  void twoWhoShareTheFolderAdmitATokenOnce() throws Exception {
    ReplayRecord other = opened();
    assertThat(record.admit(token("a"))).isInstanceOf(Fresh.class);
    assertThat(other.admit(token("a"))).isInstanceOf(Replayed.class);
    assertThat(other.admit(token("b"))).isInstanceOf(Fresh.class);
    assertThat(record.admit(token("b"))).isInstanceOf(Replayed.class);
  }

  @Test
  void ofManyAtOnceInTwoRecordsOneGetsEachToken() throws Exception {
    ReplayRecord[] records = {record, opened()};
    List<Future<Admission>> admissions = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        VerifiedToken token = token("token" + i % 50);
        ReplayRecord asked = records[i % 4 / 2];
        admissions.add(threads.submit(() -> asked.admit(token)));
      }
    }
    int fresh = 0;
    for (Future<Admission> admission : admissions) {
      assertThat(admission.get()).isNotInstanceOf(Unrecorded.class);
      fresh += admission.get() instanceof Fresh ? 1 : 0;
    }
    assertThat(fresh).isEqualTo(50);
  }

  @Test
  void aSecondProcessSeesWhatTheFirstAdmitted() throws Exception {
    record.admit(token("a"));
    assertThat(inAnotherProcess("a")).isEqualTo("Replayed");
    assertThat(inAnotherProcess("b")).isEqualTo("Fresh");
    assertThat(record.admit(token("b"))).isInstanceOf(Replayed.class);
  }

  /** What a JVM of its own says to a token. */
  static final class OtherProcess {
    public static void main(String[] arguments) throws IOException {
      ReplayRecord record = ReplayRecord.in(Path.of(arguments[0]), () -> START);
      System.out.println(record.admit(token(arguments[1])).getClass().getSimpleName());
    }
  }

  private String inAnotherProcess(String id) throws Exception {
    Process process = java(OtherProcess.class, folder.toString(), id);
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
    assertThat(process.waitFor()).isZero();
    return said;
  }

  private static Process java(Class<?> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @Test
  void aTokenIsForgottenNoSoonerThanItsTimeEnds() throws Exception {
    record.admit(token("a"));
    now = START.plus(LIFE).minusNanos(1);
    assertThat(record.admit(token("a"))).isInstanceOf(Replayed.class);
    assertThat(opened().admit(token("a"))).isInstanceOf(Replayed.class);
    now = START.plus(LIFE);
    assertThat(record.admit(token("a"))).isInstanceOf(Unrecorded.class);
  }

  @Test
  void filesGoAwayAfterTheirTime() throws Exception {
    record.admit(token("a"));
    Files.createFile(folder.resolve("used-mine"));
    assertThat(files()).hasSize(2);
    now = START.plus(LIFE).plus(ReplayWindow.LENGTH).plus(ReplayRecord.GRACE);
    record.admit(token("b", now.plus(LIFE)));
    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .hasSize(2)
        .contains("used-mine")
        .doesNotContain("used-" + START.plus(Duration.ofMinutes(10)).getEpochSecond());
  }

  @Test
  void aLineThatACrashLeftUnfinishedIsWrittenOver() throws Exception {
    record.admit(token("a"));
    Files.writeString(files().getFirst(), "torn", StandardOpenOption.APPEND);
    ReplayRecord restarted = opened();
    assertThat(restarted.admit(token("a"))).isInstanceOf(Replayed.class);
    assertThat(restarted.admit(token("b"))).isInstanceOf(Fresh.class);
    assertThat(opened().admit(token("b"))).isInstanceOf(Replayed.class);
    assertThat(Files.size(files().getFirst())).isEqualTo(88);
  }

  @Test
  void aDamagedFileAdmitsNothingAndIsLeftAsItIs() throws Exception {
    record.admit(token("a"));
    Path file = files().getFirst();
    byte[] damaged = Files.readAllBytes(file);
    damaged[7] = '!';
    Files.write(file, damaged);
    assertThat(opened().admit(token("b")))
        .isInstanceOfSatisfying(
            Unrecorded.class,
            unrecorded ->
                assertThat(unrecorded.detail()).contains(file.toString(), "remove it after"));
    assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
  }

  @Test
  void aFileThatLostItsEndAdmitsNothingToWhoKnewIt() throws Exception {
    record.admit(token("a"));
    Files.write(files().getFirst(), new byte[0]);
    assertThat(record.admit(token("b"))).isInstanceOf(Unrecorded.class);
  }

  @Test
  void aFileWithTooManyTokensAdmitsNoMore() throws Exception {
    record.admit(token("a"));
    byte[] line = Files.readAllBytes(files().getFirst());
    byte[] full = new byte[line.length * ReplayWindow.MAX_TOKENS];
    for (int i = 0; i < ReplayWindow.MAX_TOKENS; i++) {
      byte[] name = "%043d\n".formatted(i).getBytes(US_ASCII);
      System.arraycopy(name, 0, full, i * line.length, line.length);
    }
    Files.write(files().getFirst(), full);
    assertThat(opened().admit(token("b")))
        .isInstanceOfSatisfying(
            Unrecorded.class,
            unrecorded -> assertThat(unrecorded.detail()).contains("lower the rate"));
  }

  @Test
  void aFolderThatCannotBeWrittenAdmitsNothing() throws Exception {
    Files.delete(folder);
    Files.createFile(folder);
    assertThat(record.admit(token("a")))
        .isInstanceOfSatisfying(
            Unrecorded.class,
            unrecorded -> assertThat(unrecorded.detail()).contains(folder.toString()));
  }

  @Test
  void afterAFailureWhatIsOnTheDiskDecides() throws Exception {
    record.admit(token("a"));
    Path file = files().getFirst();
    Path aside = root.resolve("aside");
    Files.move(file, aside);
    Files.createDirectory(file);
    assertThat(record.admit(token("b"))).isInstanceOf(Unrecorded.class);
    Files.delete(file);
    Files.move(aside, file);
    assertThat(record.admit(token("a"))).isInstanceOf(Replayed.class);
    assertThat(record.admit(token("b"))).isInstanceOf(Fresh.class);
  }

  @Test
  void theRecordIsForItsOwnerOnly() throws Exception {
    record.admit(token("a"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    for (Path file : List.of(files().getFirst(), folder.resolve("lock"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }
}
