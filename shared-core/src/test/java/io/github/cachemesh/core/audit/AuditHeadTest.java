package io.github.cachemesh.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditHeadTest {
  private static final String MAC =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @Test
  void textIsReadBack() {
    AuditHead head = new AuditHead(42, MAC);

    assertThat(head).hasToString("42:" + MAC);
    assertThat(AuditHead.parse(head.toString())).isEqualTo(head);
    assertThat(AuditHead.parse(AuditHead.START.toString())).isEqualTo(AuditHead.START);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "42", "42:", "042:" + MAC, "-1:" + MAC, "42:" + MAC + "0", "42:é"})
  void otherTextIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AuditHead.parse(text));
  }

  @Test
  void upperCaseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuditHead.parse("42:" + MAC.toUpperCase(Locale.ROOT)));
  }
}
