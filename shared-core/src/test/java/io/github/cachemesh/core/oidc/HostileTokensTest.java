package io.github.cachemesh.core.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is sent as a token is denied, and nothing is thrown. */
class HostileTokensTest {
  private final TokenVerifier verifier =
      new TokenVerifier(
          TokenRules.of(Issuer.GITHUB),
          _ -> Optional.empty(),
          InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z")));

  @Property(tries = 300)
  void anyTextIsDenied(@ForAll String text) {
    assertThat(verifier.verify(text, "me")).isInstanceOf(Verification.Denied.class);
  }

  @Property(tries = 1_000)
  void anyHeaderIsDenied(@ForAll("headers") String header) {
    String token = base64url(header) + ".e30.e30";
    assertThat(verifier.verify(token, "me")).isInstanceOf(Verification.Denied.class);
  }

  @Property(tries = 300)
  void anyClaimsAreReadOrRefused(@ForAll("headers") String claims) {
    try {
      assertThat(TokenClaims.read(claims)).isNotNull();
    } catch (DeniedException e) {
      assertThat(e.denied().reason()).isIn(Denial.MALFORMED, Denial.MISSING_CLAIM);
    }
  }

  @Provide
  Arbitrary<String> headers() {
    Arbitrary<String> values =
        Arbitraries.of(
            "\"RS256\"",
            "\"none\"",
            "null",
            "1",
            "true",
            "[]",
            "{}",
            "[\"exp\"]",
            "\"\"",
            "1e999",
            "\"\\ud800\"",
            "{\"kty\":\"RSA\"}",
            "[[[[]]]]",
            "\"https://evil.example/keys\"");
    Arbitrary<String> names =
        Arbitraries.of(
            "alg", "kid", "typ", "crit", "jku", "jwk", "x5u", "x5c", "x5t", "b64", "enc", "zip",
            "cty", "p2c", "iss", "exp", "aud");
    Arbitrary<String> members =
        Combinators.combine(names, values).as((name, value) -> "\"" + name + "\":" + value);
    return Arbitraries.oneOf(
        members.list().ofMaxSize(5).map(list -> "{" + String.join(",", list) + "}"),
        members
            .list()
            .ofMaxSize(4)
            .map(list -> "{\"alg\":\"RS256\"," + String.join(",", list) + "}"),
        Arbitraries.strings().ofMaxLength(40),
        Arbitraries.integers().between(1, 4_000).map("["::repeat));
  }

  private static String base64url(String text) {
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return encoded.isEmpty() ? "e30" : encoded;
  }
}
