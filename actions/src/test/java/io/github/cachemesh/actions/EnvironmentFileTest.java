package io.github.cachemesh.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentFileTest {
  private static final String ZEROS = "end_" + "0".repeat(32);

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void runnerMakesAnEmptyFile() throws IOException {
    path = Files.createFile(folder.resolve("output"));
  }

  @Test
  void valuesStandBetweenDelimitersWithoutBlankLines() throws IOException {
    EnvironmentFile file = file(_ -> 0);
    file.put("first", "1");
    file.put("second-one", "a\n\nb=c");
    assertThat(path)
        .hasContent(
            "first<<"
                + ZEROS
                + "\n1\n"
                + ZEROS
                + "\n"
                + "second-one<<"
                + ZEROS
                + "\na\n\nb=c\n"
                + ZEROS
                + "\n");
  }

  @Test
  void everyEntryHasADelimiterOfItsOwn() throws IOException {
    EnvironmentFile file = new EnvironmentFile("F", Map.of("F", path.toString()), new Random(1));
    file.put("a", "1");
    file.put("a", "1");
    assertThat(Files.readAllLines(path).stream().filter(line -> line.startsWith("a<<")).distinct())
        .hasSize(2);
  }

  @Test
  void aDelimiterWithinTheValueIsReplacedByAnother() throws IOException {
    AtomicInteger next = new AtomicInteger();
    file(_ -> next.getAndIncrement() < 16 ? 0 : 1).put("a", "x\n" + ZEROS + "\nb=1");
    String other = "end_" + "01".repeat(16);
    assertThat(path).hasContent("a<<" + other + "\nx\n" + ZEROS + "\nb=1\n" + other + "\n");
  }

  @Test
  void aValueThatHoldsEveryDelimiterIsRefused() throws IOException {
    assertThatIllegalStateException()
        .isThrownBy(() -> file(_ -> 0).put("token", "x" + ZEROS))
        .withMessageContaining("token")
        .withMessageNotContaining(ZEROS);
    assertThat(path).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=b", "a<", "a\nb", "a b", "1a", "\uFEFFa"})
  void namesThatCouldBeMisreadAreRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> file(_ -> 0).put(name, "x"));
    assertThat(path).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\uD800"})
  void valuesThatCannotBeCarriedAreRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> file(_ -> 0).put("a", value));
    assertThat(path).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/bin\n/sbin", "/bin\r"})
  void aFolderIsOneLine(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> file(_ -> 0).line(line));
  }

  @Test
  void aRunnerWithoutTheFileIsNamed() {
    EnvironmentFile file = new EnvironmentFile("GITHUB_OUTPUT", Map.of(), new Random(1));
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> file.put("a", "1"))
        .withMessageContaining("GITHUB_OUTPUT");
  }

  @Test
  void aFileTheRunnerDidNotMakeIsNotMade() throws IOException {
    Files.delete(path);
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> file(_ -> 0).put("a", "1"))
        .withMessageContaining("NoSuchFileException");
    assertThat(path).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NODE_OPTIONS", "node_options", "GITHUB_API_URL", "RUNNER_TEMP"})
  void whatTheRunnerSetsItselfIsNotExported(String name) {
    JobEnvironment environment =
        new JobEnvironment(Map.of("GITHUB_ENV", path.toString()), new Random(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> environment.export(name, "x"))
        .withMessageContaining(name);
  }

  @Test
  void stateTravelsByVariable() {
    State state = state(Map.of("STATE_lease", "7"), new RunnerKind.Kubernetes());
    assertThat(state.get("lease")).contains("7");
    assertThat(state.get("other")).isEmpty();
  }

  @Test
  void underActStateTravelsThroughTheJobsEnvironmentToo() throws IOException {
    Path env = Files.createFile(folder.resolve("env"));
    Map<String, String> variables =
        Map.of("GITHUB_STATE", path.toString(), "GITHUB_ENV", env.toString());
    state(variables, new RunnerKind.Act()).save("lease", "7");
    assertThat(path).content().startsWith("lease<<");
    assertThat(env).content().startsWith("ACTION_STATE_FLEET_CACHE_lease<<");
    assertThat(
            state(Map.of("ACTION_STATE_FLEET_CACHE_lease", "7"), new RunnerKind.Act()).get("lease"))
        .contains("7");
  }

  @Test
  void elsewhereStateStaysOutOfTheJobsEnvironment() throws IOException {
    Path env = Files.createFile(folder.resolve("env"));
    Map<String, String> variables =
        Map.of("GITHUB_STATE", path.toString(), "GITHUB_ENV", env.toString());
    state(variables, new RunnerKind.Kubernetes()).save("lease", "7");
    assertThat(env).isEmptyFile();
  }

  private static State state(Map<String, String> env, RunnerKind kind) {
    Random random = new Random(1);
    return new State("Fleet Cache", env, kind, new JobEnvironment(env, random), random);
  }

  /** A file whose delimiters consist of the given bytes. */
  private EnvironmentFile file(java.util.function.IntUnaryOperator bytes) {
    RandomGenerator random =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new UnsupportedOperationException();
          }

          @Override
          public void nextBytes(byte[] target) {
            for (int i = 0; i < target.length; i++) {
              target[i] = (byte) bytes.applyAsInt(i);
            }
          }
        };
    return new EnvironmentFile("F", Map.of("F", path.toString()), random);
  }
}
