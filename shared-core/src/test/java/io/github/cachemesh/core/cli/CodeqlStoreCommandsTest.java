package io.github.cachemesh.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code codeql key, lookup, store, list, prune} and {@code explain} on a checkout and a store. */
class CodeqlStoreCommandsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("CACHEMESH_CODEQL_STORE_KEY", SECRET, "GITHUB_REPOSITORY_ID", "42");

  @TempDir Path work;
  private CodeqlCheckout checkout;
  private Path store;
  private Path sarif;
  private String queries = "security-extended";

  @BeforeEach
  void make() throws IOException, GitAPIException {
    checkout = CodeqlCheckout.make(work.resolve("checkout"));
    store = work.resolve("store");
    sarif = CodeqlCheckout.sarif(work.resolve("python.sarif"));
  }

  private CommandRun onScan(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of("codeql", command));
    arguments.addAll(List.of(more));
    arguments.addAll(
        List.of("--checkout", checkout.folder().toString(), "--workflow", CodeqlCheckout.WORKFLOW));
    arguments.addAll(List.of("--job", "scan", "--step", "cache", "--runner", "Linux/X64"));
    arguments.addAll(List.of("--input", "languages=python", "--input", "queries=" + queries));
    arguments.addAll(List.of("--input", "codeql-version=2.25.6"));
    if (!command.equals("key")) {
      arguments.addAll(List.of("--store-folder", store.toString()));
    }
    return CommandRun.of(ENVIRONMENT, work, arguments.toArray(String[]::new));
  }

  private CommandRun onStore(String... arguments) {
    List<String> all = new ArrayList<>(List.of("codeql"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--store-folder", store.toString()));
    return CommandRun.of(ENVIRONMENT, work, all.toArray(String[]::new));
  }

  private CommandRun storeSarif(String... more) {
    List<String> arguments = new ArrayList<>(List.of(sarif.toString()));
    arguments.addAll(List.of("--ref", "refs/heads/main", "--run-id", "7"));
    arguments.addAll(List.of("--duration-seconds", "240"));
    arguments.addAll(List.of(more));
    return onScan("store", arguments.toArray(String[]::new));
  }

  private String key() {
    return JsonMapper.shared().readTree(onScan("key", "--json").out()).path("key").asString();
  }

  @Test
  void keyShowsAllThatAScanDependsOn() {
    CommandRun run = onScan("key");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^key +[0-9a-f]{64}$")
        .containsPattern("(?m)^languages +\\[\"python\"]$")
        .containsPattern("(?m)^queries +\"security-extended\"$")
        .containsPattern("(?m)^tools +\"2.25.6\"$")
        .containsPattern("(?m)^repository +42$");
  }

  @Test
  void keyIsTheSameAgainAndAnotherAfterACommit() throws IOException, GitAPIException {
    String before = key();
    assertThat(key()).isEqualTo(before);

    Files.writeString(checkout.folder().resolve("other.py"), "x = 1\n");
    checkout.commit();

    assertThat(key()).isNotEqualTo(before);
  }

  @Test
  void scanWithoutAKeyHasItsReason() throws IOException {
    Files.writeString(checkout.folder().resolve("main.py"), "x = 1\n");

    CommandRun run = onScan("key");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("cachemesh: dirty-tree: ").hasLineCount(1);
  }

  @Test
  void inputsThatTheWorkflowDoesNotDeclareAreUndeclared() {
    queries = "security-and-quality";

    assertThat(onScan("key").err()).startsWith("cachemesh: undeclared: ").contains("queries");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Linux", "Linux/X64/ubuntu24", ""})
  void runnerIsTwoOrFourWords(String runner) {
    CommandRun run = onScan("key", "--runner", runner);

    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void workflowThatIsNotCommittedIsNamed() {
    CommandRun run =
        CommandRun.of(
            ENVIRONMENT,
            work,
            ("codeql key --workflow none.yml --job scan --step cache --checkout "
                    + checkout.folder())
                .split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--workflow none.yml is not in commit ");
  }

  @Test
  void storedResultIsFoundAndGitHubIsSaidNotToHaveBeenAsked() {
    assertThat(storeSarif().out()).startsWith("stored " + key());

    CommandRun run = onScan("lookup");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^stored +yes, verified$")
        .containsPattern("(?m)^saves +4m 0s$");
    assertThat(run.err()).contains("GitHub was not asked");
  }

  @Test
  void foundResultIsNeverAuthorisedInTheJson() {
    storeSarif();

    JsonNode json = JsonMapper.shared().readTree(onScan("lookup", "--json").out());

    assertThat(json.path("stored").asBoolean()).isTrue();
    assertThat(json.path("authorised").asBoolean(true)).isFalse();
    assertThat(json.at("/by_severity/critical").asInt()).isOne();
  }

  @Test
  void emptyStoreHasNothing() {
    assertLookup("not-stored");
  }

  @Test
  void otherTreeIsTheReason() throws IOException, GitAPIException {
    storeSarif();
    Files.writeString(checkout.folder().resolve("main.py"), CodeqlCheckout.SOURCE + "\n");
    checkout.commit();

    assertLookup("tree-changed");
  }

  @Test
  void otherQueriesAreTheReasonAndAreExplained() throws IOException, GitAPIException {
    storeSarif();
    queries = "security-and-quality";
    checkout.queries(queries);

    assertLookup("queries-changed");
    assertThat(onScan("explain", "--nearest").out())
        .containsPattern(
            "(?m)^queries +queries-changed +\"security-extended\" +\"security-and-quality\"$")
        .containsPattern("(?m)^tree +tree-changed ")
        .doesNotContain("languages");
  }

  @Test
  void ofTheSameScanNothingDiffers() {
    storeSarif();

    assertThat(onScan("explain", "--nearest").out()).contains("the scan itself is stored");
  }

  @Test
  void expiredResultIsTheReason() {
    storeSarif();

    assertThat(onScan("lookup", "--cache-ttl", "-1").out()).containsPattern("reason +expired");
  }

  @Test
  void damagedFileIsTheReasonAndIsPruned() throws IOException {
    storeSarif();
    try (Stream<Path> files = Files.list(store)) {
      for (Path file : files.toList()) {
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
      }
    }

    assertLookup("corrupt-entry");
    assertThat(onStore("prune").out()).startsWith("removed 1 results");
    assertLookup("not-stored");
  }

  private void assertLookup(String reason) {
    CommandRun run = onScan("lookup");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).containsPattern("(?m)^stored +no$").containsPattern("reason +" + reason);
  }

  @Test
  void resultThatDoesNotFitTheFilesIsNotStored() throws IOException {
    Files.writeString(sarif, Files.readString(sarif).replace("Line\": 3", "Line\": 1"));

    CommandRun run = storeSarif();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("cachemesh: fingerprint-mismatch: ");
    assertThat(store).doesNotExist();
  }

  @Test
  void partialResultIsNotStored() throws IOException {
    Files.writeString(
        sarif,
        Files.readString(sarif)
            .replace("\"results\"", "\"properties\": {\"incrementalMode\": \"x\"}, \"results\""));

    assertThat(storeSarif().err()).startsWith("cachemesh: partial: ");
  }

  @Test
  void listShowsWhatIsStoredWithoutAlerts() {
    storeSarif();

    assertThat(onStore("list").out())
        .contains(key().substring(0, 12), CodeqlCheckout.WORKFLOW + ":scan", "4m 0s")
        .contains("1 results, ")
        .doesNotContain("main.py", "injection");
    assertThat(
            JsonMapper.shared().readTree(onStore("list", "--json").out()).at("/0/key").asString())
        .isEqualTo(key());
  }

  @Test
  void explainTakesTheBeginningOfAKey() {
    storeSarif();

    assertThat(onStore("explain", key().substring(0, 8)).out())
        .containsPattern("(?m)^key +" + key() + "$")
        .containsPattern("(?m)^tools +\"2.25.6\"$");
  }

  @Test
  void explainOfAnotherKeyFails() {
    CommandRun run = onStore("explain", "abc");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("0 stored results have a key that begins with abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc --nearest --workflow w --job j --step s"})
  void explainTakesEitherAKeyOrAScan(String arguments) {
    List<String> all = new ArrayList<>(List.of("explain"));
    all.addAll(Stream.of(arguments.split(" ")).filter(word -> !word.isEmpty()).toList());

    CommandRun run = onStore(all.toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("either KEY or --nearest");
  }

  @Test
  void youngResultsArePrunedOnlyWhenAsked() {
    storeSarif();

    assertThat(onStore("prune").out()).startsWith("removed 0 results");
    assertThat(onStore("prune", "--older-than-hours", "0").out()).startsWith("removed 1 results");
  }

  @Test
  void exportIsAnEntryOfTheOriginalWithoutAlerts() throws IOException {
    Path original = work.resolve("original");

    CommandRun run = storeSarif("--export-original", original.toString(), "--repository", "o/r");

    Path written =
        original.resolve("codeql_codeql_scan_o_r_%s_%s_python.json".formatted(commit(), key()));
    assertThat(run.out()).endsWith("wrote " + written + "\n");
    assertThat(Files.readString(written)).contains("\"alerts_count\":1").doesNotContain("main.py");
    assertThat(CommandRun.of(work, "codeql", "list", "--original", original.toString()).out())
        .containsPattern("(?m)^o/r +" + commit().substring(0, 12) + " +python +1 ")
        .endsWith("1 entries; none of them lets a scan be skipped\n");
  }

  private String commit() {
    return JsonMapper.shared().readTree(onStore("list", "--json").out()).at("/0/commit").asString();
  }

  @Test
  void entryOfTheOriginalThatIsNoneIsRefused() throws IOException {
    Path original = Files.createDirectory(work.resolve("original"));
    Files.writeString(original.resolve("codeql_codeql_scan_x.json"), "{");

    CommandRun run = CommandRun.of(work, "codeql", "list", "--original", original.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("cachemesh: refused codeql_codeql_scan_x.json: ");
  }

  @Test
  void exportNeedsTheRepository() {
    CommandRun run = storeSarif("--export-original", work.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--repository OWNER/NAME");
  }

  @Test
  void keyMayComeFromAFile() throws IOException {
    storeSarif();
    Path file = Files.writeString(work.resolve("store.key"), SECRET + "\n");

    CommandRun run =
        CommandRun.of(
            Map.of("GITHUB_REPOSITORY_ID", "42"),
            work,
            ("codeql list --store-folder " + store + " --store-key-file " + file).split(" "));

    assertThat(run.out()).contains("1 results, ");
  }

  @Test
  void withoutKeyOrRepositoryTheRemedyIsSaid() {
    CommandRun noKey = CommandRun.of(Map.of("GITHUB_REPOSITORY_ID", "42"), work, "codeql", "list");
    CommandRun noRepository =
        CommandRun.of(Map.of("CACHEMESH_CODEQL_STORE_KEY", SECRET), work, "codeql", "list");

    assertThat(noKey.exitCode()).isEqualTo(2);
    assertThat(noKey.err()).contains("CACHEMESH_CODEQL_STORE_KEY", "--store-key-file");
    assertThat(noRepository.exitCode()).isEqualTo(2);
    assertThat(noRepository.err()).contains("--repository-id");
  }

  @Test
  void keyThatIsTooShortIsNotQuoted() {
    CommandRun run =
        CommandRun.of(
            Map.of("CACHEMESH_CODEQL_STORE_KEY", "tooshort", "GITHUB_REPOSITORY_ID", "42"),
            work,
            "--verbose",
            "codeql",
            "list");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("32 characters").doesNotContain("tooshort");
  }

  @Test
  void resultOfAnotherRepositoryIsNotReadable() {
    storeSarif();

    CommandRun run =
        CommandRun.of(
            Map.of("CACHEMESH_CODEQL_STORE_KEY", SECRET),
            work,
            ("codeql list --repository-id 43 --store-folder " + store).split(" "));

    assertThat(run.out()).contains("cannot be opened").doesNotContain(key().substring(0, 12));
  }
}
