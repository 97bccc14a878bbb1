package io.github.cachemesh.core.codeql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScanKeyPropertyTest {
  @Property(tries = 500)
  void oneChangeIsAnotherKeyAndUndoneTheSame(
      @ForAll Component component, @ForAll("texts") String first, @ForAll("texts") String second) {
    Assume.that(!first.equals(second));
    ScanKey before = Samples.key().with(component, first);
    ScanKey after = before.with(component, second);
    assertThat(after.hex()).isNotEqualTo(before.hex());
    assertThat(after.differences(before)).containsExactly(component);
    assertThat(after.with(component, first).hex()).isEqualTo(before.hex());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(20).filter(UTF_8.newEncoder()::canEncode);
  }
}
