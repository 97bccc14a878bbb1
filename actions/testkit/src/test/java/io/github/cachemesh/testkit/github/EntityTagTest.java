package io.github.cachemesh.testkit.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EntityTagTest {
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

  @Test
  void nothingHashesToTheHashOfNothing() {
    assertThat(EntityTag.compute(new DefaultHttpHeaders(), "Accept", new byte[0]))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void emptyListHasTheTagThatCachesGuess() {
    assertThat(EntityTag.compute(new DefaultHttpHeaders(), "Accept", "[]".getBytes()))
        .isEqualTo("4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945");
  }

  @Test
  void varyingHeadersComeFirstInTheirOrder() {
    HttpHeaders headers =
        new DefaultHttpHeaders().add("Authorization", "Bearer token").add("Accept", "text");
    byte[] expected = "text:Bearer token:{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    assertThat(EntityTag.compute(headers, "Accept, Authorization, Cookie", BODY))
        .isEqualTo(EntityTag.sha256Hex(expected));
  }

  @Test
  void headersThatVaryDoesNotNameAreLeftOut() {
    HttpHeaders headers = new DefaultHttpHeaders().add("Authorization", "Bearer token");
    assertThat(EntityTag.compute(headers, "Accept", BODY)).isEqualTo(EntityTag.sha256Hex(BODY));
  }

  @Test
  void weakTagsMatchStrongOnesInLists() {
    assertThat(EntityTag.matches("\"x\", W/\"abc\"", "abc")).isTrue();
    assertThat(EntityTag.matches("\"ab\"", "abc")).isFalse();
  }
}
