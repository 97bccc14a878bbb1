package io.github.cachemesh.core.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassphraseKdfTest {
  private static final byte[] PASSPHRASE = "correct horse".getBytes(UTF_8);
  private static final byte[] SALT = "sixteen bytes ok".getBytes(UTF_8);

  private static byte[] repeated(int value, int times) {
    byte[] bytes = new byte[times];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** RFC 9106, 5.3. */
  @Test
  void vectorOfRfc9106Holds() {
    Argon2Parameters parameters =
        Stretching.parameters(32, 3, 4, repeated(2, 16))
            .withSecret(repeated(3, 8))
            .withAdditional(repeated(4, 12))
            .build();
    assertThat(HexFormat.of().formatHex(Stretching.argon2id(parameters, repeated(1, 32), 32)))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  /** Of Argon2's reference implementation, version 19: test.c. */
  @ParameterizedTest
  @CsvSource({
    "65536, 2, 1, password, somesalt,"
        + "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
    "256, 2, 1, password, somesalt,"
        + "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
    "256, 2, 2, password, somesalt,"
        + "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037",
    "65536, 2, 1, differentpassword, somesalt,"
        + "0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde",
    "65536, 2, 1, password, diffsalt,"
        + "bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c"
  })
  void vectorsOfTheReferenceImplementationHold(
      int memoryKib, int passes, int lanes, String passphrase, String salt, String expected) {
    Argon2Parameters parameters =
        Stretching.parameters(memoryKib, passes, lanes, salt.getBytes(UTF_8)).build();
    assertThat(
            HexFormat.of()
                .formatHex(Stretching.argon2id(parameters, passphrase.getBytes(UTF_8), 32)))
        .isEqualTo(expected);
  }

  /** Made by Python's argon2-cffi and hashlib: what was written must open. */
  @ParameterizedTest
  @CsvSource({
    "'$argon2id$v=19$m=19456,t=2,p=1',"
        + " 3aae8d51ff2851ac2e55622a59146b07cd0c62529f90de8d9b82ba9b9841ad3c",
    "'$pbkdf2-sha256$i=600000', 497ad80505f2be7dbc08e217d98fedf010042e9e5c69b42392a38da7765518d0",
    "'$pbkdf2-sha256$i=100000', f214277ca1e2875bb272e1fc73925b1c411f05b39f2732e4c190a6733bed4e5a"
  })
  void keyOfAPassphraseNeverChanges(String kdf, String expected) throws Exception {
    try (RootKey key = PassphraseKdf.parse(kdf).derive(PASSPHRASE, SALT)) {
      assertThat(HexFormat.of().formatHex(key.reveal())).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=19456,t=2,p=1",
        "$argon2id$v=19$m=262144,t=16,p=4",
        "$pbkdf2-sha256$i=100000",
        "$pbkdf2-sha256$i=600000",
        "$pbkdf2-sha256$i=10000000"
      })
  void parametersAreTheirText(String text) throws Exception {
    assertThat(PassphraseKdf.parse(text)).hasToString(text);
  }

  @Test
  void defaultsAreThoseOfOwasp() throws Exception {
    assertThat(PassphraseKdf.parse("$argon2id$v=19$m=19456,t=2,p=1")).isEqualTo(Argon2id.DEFAULT);
    assertThat(PassphraseKdf.parse("$pbkdf2-sha256$i=600000")).isEqualTo(Pbkdf2HmacSha256.DEFAULT);
  }

  @Test
  void oldIterationsAreReadAndCannotBeWritten() throws Exception {
    assertThat(PassphraseKdf.parse("$pbkdf2-sha256$i=100000"))
        .isInstanceOf(LegacyPbkdf2.class)
        .isNotInstanceOf(CurrentKdf.class);
    assertThatIllegalArgumentException().isThrownBy(() -> new Pbkdf2HmacSha256(100_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=19455,t=2,p=1",
        "$argon2id$v=19$m=262145,t=2,p=1",
        "$argon2id$v=19$m=999999999,t=2,p=1",
        "$argon2id$v=19$m=19456,t=1,p=1",
        "$argon2id$v=19$m=19456,t=17,p=1",
        "$argon2id$v=19$m=19456,t=2,p=0",
        "$argon2id$v=19$m=19456,t=2,p=5",
        "$pbkdf2-sha256$i=0",
        "$pbkdf2-sha256$i=99999",
        "$pbkdf2-sha256$i=100001",
        "$pbkdf2-sha256$i=599999",
        "$pbkdf2-sha256$i=10000001"
      })
  void parametersOutOfBoundsAreRefusedByName(String text) {
    assertThat(Refusal.of(() -> PassphraseKdf.parse(text))).isEqualTo(Fault.OUT_OF_BOUNDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$argon2id$v=16$m=19456,t=2,p=1",
        "$argon2i$v=19$m=19456,t=2,p=1",
        "$argon2id$v=19$m=019456,t=2,p=1",
        "$argon2id$v=19$m=19456,t=2,p=1\n",
        "$argon2id$v=19$t=2,m=19456,p=1",
        "$pbkdf2-sha1$i=600000",
        "$pbkdf2-sha256$i=-600000",
        "$pbkdf2-sha256$i=٦٠٠٠٠٠",
        "$pbkdf2-sha256$i=6000000000"
      })
  void otherTextsAreRefused(String text) {
    assertThat(Refusal.of(() -> PassphraseKdf.parse(text))).isEqualTo(Fault.MALFORMED);
  }

  @Test
  void emptyPassphraseAndShortOrLongSaltAreRefused() {
    Argon2id kdf = Argon2id.DEFAULT;
    assertThatIllegalArgumentException().isThrownBy(() -> kdf.derive(new byte[0], SALT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kdf.derive(PASSPHRASE, new byte[PassphraseKdf.SALT_BYTES - 1]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kdf.derive(PASSPHRASE, new byte[PassphraseKdf.MAX_SALT_BYTES + 1]));
  }
}
