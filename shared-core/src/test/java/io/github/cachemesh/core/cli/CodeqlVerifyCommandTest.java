package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CodeqlVerifyCommandTest {
  @TempDir Path work;
  private Path checkout;
  private Path sarif;

  @BeforeEach
  void scan() throws IOException {
    checkout = Files.createDirectory(work.resolve("checkout"));
    Files.writeString(checkout.resolve("main.py"), CodeqlCheckout.SOURCE);
    sarif = CodeqlCheckout.sarif(work.resolve("python.sarif"));
  }

  private CommandRun verify(Path file) {
    return CommandRun.of(
        work, "codeql", "verify", file.toString(), "--checkout", checkout.toString());
  }

  @Test
  void fileIsCountedAndItsFingerprintsAreRecomputed() {
    CommandRun run = verify(sarif);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^tool +CodeQL 2.25.6$")
        .containsPattern("(?m)^by level +error 1$")
        .containsPattern("(?m)^by severity +critical 1$")
        .containsPattern("(?m)^fingerprints +1 of 1 as computed$")
        .endsWith("in order\n");
  }

  @Test
  void realFileIsCounted() {
    Path real = Path.of(System.getProperty("vectors.dir"), "sarif", "javascript-juice-shop.sarif");

    CommandRun run = CommandRun.of(work, "codeql", "verify", real.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^results +422$")
        .containsPattern("(?m)^by level +error 82, warning 100, note 240$");
  }

  @Test
  void gzipIsTheSameFile() throws IOException {
    Path zipped = work.resolve("python.sarif.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      Files.copy(sarif, out);
    }

    assertThat(verify(zipped)).isEqualTo(verify(sarif));
  }

  @Test
  void fingerprintsAreNotCheckedWithoutACheckout() {
    CommandRun run = CommandRun.of(work, "codeql", "verify", sarif.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("not checked; --checkout names the files");
  }

  @Test
  void changedLineIsNamed() throws IOException {
    Files.writeString(
        checkout.resolve("main.py"), CodeqlCheckout.SOURCE.replace("system", "popen"));

    CommandRun run = verify(sarif);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("different main.py:3")
        .endsWith("wrong: 1 results do not fit their lines\n");
  }

  @Test
  void mismatchesAreInTheJson() throws IOException {
    Files.delete(checkout.resolve("main.py"));

    CommandRun run =
        CommandRun.of(
            work,
            "codeql",
            "verify",
            sarif.toString(),
            "--json",
            "--checkout",
            checkout.toString());
    JsonNode json = JsonMapper.shared().readTree(run.out());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(json.at("/mismatches/0/kind").asString()).isEqualTo("no file");
    assertThat(json.at("/by_severity/critical").asInt()).isOne();
    assertThat(json.at("/runs/0/tool_version").asString()).isEqualTo("2.25.6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../main.py", "/etc/hostname", "link/main.py", "main.py\\u0000"})
  void nothingOutsideOfTheCheckoutIsRead(String path) throws IOException {
    Files.move(checkout.resolve("main.py"), work.resolve("main.py"));
    Files.createSymbolicLink(checkout.resolve("link"), work);
    Files.writeString(sarif, Files.readString(sarif).replace("\"main.py\"", '"' + path + '"'));

    CommandRun run = verify(sarif);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("no file");
  }

  @Test
  void limitOfTheUploadIsNamed() throws IOException {
    String text = Files.readString(sarif);
    String run = text.substring(text.indexOf("[{") + 1, text.lastIndexOf("]"));
    Files.writeString(sarif, text.replace(run, String.join(",", Collections.nCopies(21, run))));

    assertThat(verify(sarif).out()).contains("wrong: 21 runs, GitHub takes 20");
  }

  @Test
  void failedRunIsWrong() throws IOException {
    Files.writeString(
        sarif, Files.readString(sarif).replace("Successful\": true", "Successful\": false"));

    assertThat(verify(sarif).out()).endsWith("wrong: a run of CodeQL that did not end well\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"version\": \"2.0.0\", \"runs\": []}", "\u001f\u008b"})
  void whatIsNoSarifIsOneLine(String text) throws IOException {
    Files.writeString(sarif, text, ISO_8859_1);

    CommandRun run = verify(sarif);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("cachemesh: ").hasLineCount(1).doesNotContain("internal");
  }

  @Test
  void missingFileOrFolderIsNamed() {
    assertThat(verify(work.resolve("none")).err()).contains("none does not exist");
    checkout = work.resolve("nowhere");
    assertThat(verify(sarif).err()).contains("nowhere does not exist");
  }
}
