package io.github.cachemesh.core.envelope;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

/** The vectors of age that C2SP publishes. */
class AgeVectorsTest {
  private static final String MODULE = "c2sp.org/CCTV/age@v0.0.0-20251208015420-e9274a7bdbfd";
  private static final String SUM = "h1:ZLsPO6WdZ5zatV4UfVpr7oAwLGRZ+sebTUruuM4Ra3M=";

  /** Anybody's; files for passphrases are not for it. */
  private static final String IDENTITY =
      "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";

  /**
   * One vector.
   *
   * @param header its lines
   */
  record Vector(List<String> header, byte[] file) {
    static Vector read(Path path) throws IOException {
      byte[] all = Files.readAllBytes(path);
      int end = new String(all, ISO_8859_1).indexOf("\n\n");
      List<String> header = new String(all, 0, end, ISO_8859_1).lines().toList();
      byte[] file = Arrays.copyOfRange(all, end + 2, all.length);
      if (header.contains("compressed: zlib")) {
        file = new InflaterInputStream(new ByteArrayInputStream(file)).readAllBytes();
      }
      return new Vector(header, file);
    }

    List<String> all(String key) {
      return header.stream()
          .filter(line -> line.startsWith(key + ": "))
          .map(line -> line.substring(key.length() + 2))
          .toList();
    }

    String expected() {
      return all("expect").getFirst();
    }

    byte[] open(String identity) throws EnvelopeException {
      try (AgeIdentity holder = AgeIdentity.parse(identity.toCharArray())) {
        return AgeFile.open(file, holder);
      }
    }
  }

  @Test
  void vectorsOfX25519AreOpenedOrRefusedAndOthersRefused() throws Exception {
    Map<String, Integer> counts = new TreeMap<>();
    try (Stream<Path> files = Files.list(GoModule.folder(MODULE, SUM).resolve("testdata"))) {
      for (Path file : files.toList()) {
        try {
          counts.merge(treat(Vector.read(file)), 1, Integer::sum);
        } catch (AssertionError e) {
          throw new AssertionError(file.getFileName().toString(), e);
        }
      }
    }
    System.out.printf("age vectors of C2SP: %s%n", counts);
    assertThat(counts)
        .isEqualTo(
            Map.of(
                "X25519, success: opened", 14,
                "X25519, no match: OTHER_KEY", 3,
                "X25519, header failure: NOT_AUTHENTIC", 23,
                // Malformed stanzas look to jagged as those of others.
                "X25519, header failure: OTHER_KEY", 9,
                "X25519, HMAC failure: NOT_AUTHENTIC", 1,
                "X25519, payload failure: NOT_AUTHENTIC", 18,
                "by design: armor refused", 33,
                "by design: passphrase refused", 24,
                "by design: post-quantum identity refused", 17,
                "by design: no identity", 1));
  }

  private static String treat(Vector vector) throws Exception {
    if (!vector.all("armored").isEmpty()) {
      Refusal.of(() -> vector.open(IDENTITY));
      return "by design: armor refused";
    }
    List<String> identities = vector.all("identity");
    if (identities.isEmpty()) {
      Refusal.of(() -> vector.open(IDENTITY));
      return vector.all("passphrase").isEmpty()
          ? "by design: no identity"
          : "by design: passphrase refused";
    }
    if (identities.getFirst().startsWith("AGE-SECRET-KEY-PQ-")) {
      Refusal.of(() -> vector.open(identities.getFirst()));
      return "by design: post-quantum identity refused";
    }
    String prefix = "X25519, " + vector.expected();
    if (vector.expected().equals("success")) {
      byte[] content = vector.open(identities.getFirst());
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(vector.all("payload").getFirst());
      return prefix + ": opened";
    }
    return prefix + ": " + Refusal.of(() -> vector.open(identities.getFirst()));
  }
}
