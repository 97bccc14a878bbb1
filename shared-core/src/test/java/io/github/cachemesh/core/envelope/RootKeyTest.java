package io.github.cachemesh.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RootKeyTest {
  private final RootKey root = KeyKind.ROOT.of(new byte[Key.BYTES]);

  @AfterEach
  void close() {
    root.close();
  }

  private String derived(KeyKind<?> kind, Aad context) {
    try (Key key = root.derive(kind, context)) {
      return HexFormat.of().formatHex(key.secret().getEncoded());
    }
  }

  /** Made by Python's hmac: what was written must stay readable. */
  @Test
  void derivationNeverChanges() {
    assertThat(derived(KeyKind.KEY_ENCRYPTION, Aad.of("cachemesh-credentials/1", "slot")))
        .isEqualTo("dce10f126630429094c7b3b40655c841fbc1187ee2c80b801a52a4b1f9a9cc78");
  }

  @Test
  void eachKindAndContextHasItsKey() {
    Set<String> keys = new HashSet<>();
    for (KeyKind<?> kind : KeyTest.kinds().toList()) {
      assertThat(keys.add(derived(kind, Aad.of("a", "b")))).isTrue();
      assertThat(keys.add(derived(kind, Aad.of("ab")))).isTrue();
      assertThat(keys).contains(derived(kind, Aad.of("a", "b")));
    }
  }

  @Test
  void revealedSecretIsACopy() {
    root.reveal()[0] = 1;
    assertThat(root.reveal()).containsOnly(0);
  }
}
