package io.github.cachemesh.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
  @TempDir Path folder;
  private Path page;
  private Summary summary;

  @BeforeEach
  void runnerMakesAnEmptyPage() throws IOException {
    page = Files.createFile(folder.resolve("summary"));
    summary = new Summary(new RunnerEnvironment(Map.of("GITHUB_STEP_SUMMARY", page.toString())));
  }

  @Test
  void blocksFollowEachOther() {
    summary.heading(2, "Savings").paragraph("All well.").write();
    assertThat(page).content().isEqualTo("## Savings\n\nAll well.\n\n");
  }

  @Test
  void textIsShownAsItIs() {
    summary.paragraph("<b>a</b> & *x* `y` [z](u) #1 ~s~ _a_b \\").write();
    assertThat(page)
        .content()
        .isEqualTo(
            "&lt;b&gt;a&lt;/b&gt; &amp; \\*x\\* \\`y\\` \\[z\\](u) \\#1 \\~s\\~ \\_a_b \\\\\n\n");
  }

  @Test
  void cellsStayWithinTheirCell() {
    summary.table(List.of("Route", "Hits"), List.of(List.of("a|b\r\nc", "3"))).write();
    assertThat(page).content().isEqualTo("| Route | Hits |\n| --- | --- |\n| a\\|b<br>c | 3 |\n\n");
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> summary.table(List.of("a"), List.of(List.of("1", "2"))));
  }

  @Test
  void headingsHaveSixLevels() {
    assertThatIllegalArgumentException().isThrownBy(() -> summary.heading(7, "x"));
  }

  @Test
  void piesQuoteTheirLabelsAndLeaveOutEmptyShares() {
    Map<String, Long> shares = new LinkedHashMap<>();
    shares.put("from \"cache\"", 3L);
    shares.put("none", 0L);
    summary.pie("Requests\nserved", shares).write();
    assertThat(page)
        .content()
        .isEqualTo(
            "```mermaid\npie showData title Requests served\n  \"from 'cache'\" : 3\n```\n\n");
  }

  @Test
  void aPieOfNothingIsLeftOut() {
    summary.pie("Requests", Map.of("none", 0L)).write();
    assertThat(page).isEmptyFile();
  }

  @Test
  void codeCannotCloseItsOwnFence() {
    summary.code("", "a\n```\nb").write();
    assertThat(page).content().isEqualTo("````\na\n```\nb\n````\n\n");
  }

  @Test
  void aBlockBeyondTheBoundIsLeftOutAndSaidSo() {
    summary.paragraph("kept").paragraph("x".repeat(Summary.MAX_BYTES)).paragraph("later").write();
    assertThat(page)
        .content()
        .isEqualTo("kept\n\n_Left out: the rest of this summary is too long._\n\n");
  }

  @Test
  void theBoundHoldsOverSeveralWrites() throws IOException {
    for (int i = 0; i < 30; i++) {
      summary.paragraph("é".repeat(30_000)).write();
    }
    assertThat(Files.size(page)).isBetween(1_000_000L, (long) Summary.MAX_BYTES);
    assertThat(page).content().endsWith("too long._\n\n");
  }

  @Test
  void aRunnerWithoutSummariesIsNoFailure() {
    Summary nowhere = new Summary(new RunnerEnvironment(Map.of()));
    nowhere.paragraph("x").write();
    assertThat(page).isEmptyFile();
  }

  @Test
  void aPageThatCannotBeWrittenIsNamed() throws IOException {
    Files.delete(page);
    Files.createDirectory(page);
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> summary.paragraph("x").write())
        .withMessageContaining("step summary");
  }
}
