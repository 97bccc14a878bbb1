package io.github.cachemesh.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final Predicate<String> ACT_PRINTS =
      mask -> mask.contains("::") || mask.startsWith(":") || mask.contains("%0A");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Commands commands = new Commands(out, new RunnerKind.Kubernetes());
  private final Commands commandsOfAct = new Commands(out, new RunnerKind.Act());

  @Test
  void dataHidesPercentAndLineBreaksOnly() {
    commands.warning("50% of a,b:c\r\nnext");
    assertThat(written()).isEqualTo("::warning::50%25 of a,b:c%0D%0Anext\n");
  }

  @Test
  void whatLooksEscapedIsEscapedOnceMore() {
    commands.error("%25 %0D %0A %3A %2C");
    assertThat(written()).isEqualTo("::error::%2525 %250D %250A %253A %252C\n");
  }

  @Test
  void propertiesHideColonAndCommaToo() {
    commands.notice("text", new Annotation("100%: a,b\r\n", "C:\\src,1.java", 3, 4, 5, 6));
    assertThat(written())
        .isEqualTo(
            "::notice title=100%25%3A a%2Cb%0D%0A,file=C%3A\\src%2C1.java,"
                + "line=3,endLine=4,col=5,endColumn=6::text\n");
  }

  @Test
  void absentPropertiesAreLeftOut() {
    commands.error("text", Annotation.at("a.yml", 7));
    assertThat(written()).isEqualTo("::error file=a.yml,line=7::text\n");
  }

  @Test
  void anEmptyMessageIsStillACommand() {
    commands.debug("");
    assertThat(written()).isEqualTo("::debug::\n");
  }

  @Test
  void aGroupEndsWhenItIsClosed() {
    try (Commands.Group _ = commands.group("Start the node")) {
      commands.info("line");
    }
    assertThat(written()).isEqualTo("::group::Start the node\nline\n::endgroup::\n");
  }

  @Test
  void plainTextCannotBeACommand() {
    commands.info("  ::add-mask::x\nsee ##[group]y\n::");
    assertThat(written()).isEqualTo("|   ::add-mask::x\nsee ## [group]y\n| ::\n");
  }

  @Test
  void aMaskIsOneLine() {
    commands.mask("s3cr%t");
    assertThat(written()).contains("::add-mask::s3cr%25t\n");
    assertThat(masks()).contains("s3cr%25t", "czNjciV0").hasSize(7);
  }

  @Test
  void piecesBetweenColonsAreMaskedBeforeTheWhole() {
    commands.mask(":user::s3cret:::x:y");
    assertThat(masks())
        .contains("s3cret", "user")
        .endsWith(":user::s3cret:::x:y")
        .doesNotContain("x:y");
  }

  @Test
  void piecesBetweenEscapesAreMaskedSinceALaterStepMayHaveThemUndone() {
    commands.mask("user%0As3cret%25word");
    assertThat(masks()).contains("user%0As3cret%25word", "user", "s3cret", "word");
  }

  @Test
  void actIsNotShownWhatItsParserWouldPrint() {
    commandsOfAct.mask(":user::s3cret:::x:y%0Arest");
    assertThat(masks()).contains("s3cret", "user", "rest").noneMatch(ACT_PRINTS);
  }

  @Test
  void linesOfASecretAreMaskedOneByOneSaveTheShortOnes() {
    commands.mask("{\n  \"key\": \"abcd\"\n}\n");
    assertThat(masks())
        .contains("\"key\": \"abcd\"", "{\\n  \\\"key\\\": \\\"abcd\\\"\\n}")
        .doesNotContain("{", "}");
  }

  @Test
  void aSecretOfShortLinesOnlyIsMaskedLineByLine() {
    commands.mask("ab\r\ncd");
    assertThat(masks()).contains("ab", "cd", "ab\\r\\ncd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us"})
  void aSecretOfSeveralLinesIsMaskedInBase64WhateverIsAroundIt(String before) {
    commands.mask("first line\nsecond line");
    String base64 = encoded(before + "first line\nsecond line\n, and more");
    assertThat(masks()).filteredOn(base64::contains).anyMatch(mask -> mask.length() > 24);
  }

  @Test
  void linesOfBase64AreMaskedOneByOne() {
    String secret = "0123456789abcdef".repeat(12);
    commands.mask(secret);
    String lines =
        Base64.getMimeEncoder(76, new byte[] {'\n'})
            .encodeToString((secret + "\n").getBytes(StandardCharsets.UTF_8));
    assertThat(lines.lines()).allSatisfy(line -> assertThat(masks()).anyMatch(line::startsWith));
  }

  @Test
  void aSecretOfSeveralLinesIsMaskedInPercentEncoding() {
    commands.mask("first+line\n(2nd)");
    assertThat(masks()).contains("first%2Bline%0A%282nd%29", "first%2Bline%0A(2nd)");
  }

  @Test
  void actGetsTheFormsThatItDoesNotDerive() {
    commandsOfAct.mask("pass word\n\"quoted\"");
    assertThat(masks())
        .contains("pass word", "pass%20word", "pass+word", encoded("pass word").substring(0, 12));
  }

  @Test
  void longerPartsAreMaskedFirstSinceActReplacesOneAfterTheOther() {
    commandsOfAct.mask(List.of("abcd", "abcdefgh"));
    assertThat(masks()).isSortedAccordingTo(Comparator.comparing(String::length).reversed());
  }

  @Test
  void nothingIsMaskedForABlankSecret() {
    commands.mask(" \n\t");
    commandsOfAct.mask(" \n\t");
    assertThat(written()).isEmpty();
  }

  @Test
  void masksThatNobodyReadsAreAFailure() {
    out.close();
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> commands.mask("s3cret"))
        .withMessageNotContaining("s3cret");
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What is masked, unescaped, in order. */
  private List<String> masks() {
    return written()
        .lines()
        .map(line -> line.substring("::add-mask::".length()))
        .map(data -> data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%"))
        .toList();
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
