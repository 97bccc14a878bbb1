package io.github.cachemesh.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vectors of RFC 9180, as a Go module brings them whole. */
class HpkeVectorsTest {
  private static final String MODULE = "github.com/cloudflare/circl@v1.6.1";
  private static final String SUM = "h1:zqIqSPIndyBh1bjLVVDHMPpVKqp8Su/V+6MeDzzQBQ0=";
  private static final String FILE = "hpke/testdata/vectors_rfc9180_5f503c5.json";

  private static final int X25519 = 0x20;

  @Test
  void theSuiteInUseSealsAndOpensAndNoOtherOfX25519Does() throws Exception {
    Path file = GoModule.folder(MODULE, SUM).resolve(FILE);
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonNode vector : new JsonMapper().readTree(Files.readAllBytes(file))) {
      counts.merge(treat(vector), 1, Integer::sum);
    }
    System.out.printf("HPKE vectors of RFC 9180: %s%n", counts);
    assertThat(counts)
        .isEqualTo(
            Map.of(
                "the suite in use: sealed and opened", 1,
                "by design: another mode, KDF or AEAD of X25519 refused", 23,
                "export only: nothing to open", 8,
                "another KEM: not tried", 96));
  }

  private static String treat(JsonNode vector) throws Exception {
    if (vector.get("kem_id").intValue() != X25519) {
      return "another KEM: not tried";
    }
    JsonNode first = vector.get("encryptions").get(0);
    if (first == null) {
      return "export only: nothing to open";
    }
    byte[] box = Arrays.concatenate(bytes(vector, "enc"), bytes(first, "ct"));
    byte[] info = bytes(vector, "info");
    byte[] aad = bytes(first, "aad");
    boolean inUse =
        vector.get("mode").intValue() == 0
            && vector.get("kdf_id").intValue() == 1
            && vector.get("aead_id").intValue() == 2;
    try (HpkeIdentity identity = new HpkeIdentity(bytes(vector, "skRm"))) {
      assertThat(identity.recipient()).isEqualTo(HpkeRecipient.of(bytes(vector, "pkRm")));
      if (!inUse) {
        Refusal.of(() -> identity.open(box, info, aad));
        return "by design: another mode, KDF or AEAD of X25519 refused";
      }
      assertThat(identity.open(box, info, aad)).isEqualTo(bytes(first, "pt"));
      FixedRandom ephemeral = new FixedRandom(bytes(vector, "skEm"));
      assertThat(identity.recipient().seal(bytes(first, "pt"), info, aad, ephemeral))
          .isEqualTo(box);
      return "the suite in use: sealed and opened";
    }
  }

  private static byte[] bytes(JsonNode of, String name) {
    return HexFormat.of().parseHex(of.get(name).stringValue());
  }
}
