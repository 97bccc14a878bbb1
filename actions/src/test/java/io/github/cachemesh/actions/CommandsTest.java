package io.github.cachemesh.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Commands commands =
      new Commands(new PrintStream(bytes, true, StandardCharsets.UTF_8));

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
  void aMaskIsWrittenWhole() {
    commands.mask("s3cr%t::x");
    assertThat(written()).isEqualTo("::add-mask::s3cr%25t::x\n");
  }

  @Test
  void linesOfASecretAreMaskedOneByOneSaveTheShortOnes() {
    commands.mask("{\n  \"key\": \"abcd\"\n}\n");
    assertThat(written())
        .isEqualTo(
            """
            ::add-mask::"key": "abcd"
            ::add-mask::{\\n  \\"key\\": \\"abcd\\"\\n}
            """);
  }

  @Test
  void aSecretOfShortLinesOnlyIsMaskedLineByLine() {
    commands.mask("ab\r\ncd");
    assertThat(written()).isEqualTo("::add-mask::ab\n::add-mask::cd\n::add-mask::ab\\r\\ncd\n");
  }

  @Test
  void nothingIsMaskedForABlankSecret() {
    commands.mask(" \n\t");
    assertThat(written()).isEmpty();
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
