package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionMetadata;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class EnvFileRoundTripTest {
  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("env-file");
  }

  @AfterContainer
  static void deleteFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("output"));
    Files.delete(folder);
  }

  @Property(tries = 500)
  void whatTheToolkitWritesEveryRunnerReads(
      @ForAll("entries") Map<String, String> entries, @ForAll Flavour flavour, @ForAll long seed)
      throws IOException {
    assertThat(roundTrip(entries, flavour, seed)).containsExactlyEntriesOf(entries);
  }

  @Provide
  Arbitrary<Map<String, String>> entries() {
    Arbitrary<String> names =
        Arbitraries.strings().alpha().numeric().withChars("_.-").ofMaxLength(12).map("n"::concat);
    // What a parser could stumble over comes more often than chance would have it.
    Arbitrary<String> fragments =
        Arbitraries.oneOf(
            Arbitraries.of("\n", "\r", "\n\n", "=", "<<", "a<<E", "E", "\uFEFF", "::", "end_", " "),
            Arbitraries.strings().excludeChars('\0').ofMaxLength(5).filter(this::isUnicode));
    Arbitrary<String> values = fragments.list().ofMaxSize(8).map(parts -> String.join("", parts));
    return Arbitraries.maps(names, values)
        .ofMaxSize(5)
        .map(entries -> new LinkedHashMap<String, String>(entries));
  }

  private boolean isUnicode(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private static Map<String, String> roundTrip(
      Map<String, String> entries, Flavour flavour, long seed) throws IOException {
    Path file = folder.resolve("output");
    Files.deleteIfExists(file);
    Files.createFile(file);
    ActionContext context =
        ActionContext.of(
            new ActionMetadata(
                "a",
                "b",
                Map.of(),
                Map.of(),
                new ActionMetadata.Runs(
                    "docker", null, null, null, "always()", List.of(), Map.of())),
            List.of(),
            Map.of("GITHUB_OUTPUT", file.toString()),
            new PrintStream(OutputStream.nullOutputStream()),
            new SplittableRandom(seed));
    entries.forEach(context.outputs()::set);
    Map<String, String> read = new LinkedHashMap<>();
    EnvFile.parse(StepFiles.read(file), flavour, read::put);
    return read;
  }
}
