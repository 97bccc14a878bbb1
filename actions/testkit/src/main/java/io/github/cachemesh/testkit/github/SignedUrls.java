package io.github.cachemesh.testkit.github;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes and checks URLs of storage hosts that carry their own permission for five minutes. */
final class SignedUrls {
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final Clock clock;
  private final SecretKeySpec key;

  SignedUrls(Clock clock, byte[] secret) {
    this.clock = clock;
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  String url(String host, String path) {
    String expires = Long.toString(clock.instant().plus(LIFETIME).getEpochSecond());
    return "https://" + host + path + "?se=" + expires + "&sig=" + signature(path, expires);
  }

  /** Refuses with 403 what was not signed here, or has expired. */
  void check(ApiRequest request) {
    String expires = request.query("se", "0");
    boolean genuine = signature(request.path(), expires).equals(request.query("sig", ""));
    if (!genuine || clock.instant().isAfter(Instant.ofEpochSecond(Long.parseLong(expires)))) {
      throw ApiFailure.of(403, "The signature of this URL is wrong or has expired");
    }
  }

  private String signature(String path, String expires) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return HexFormat.of()
          .formatHex(mac.doFinal((path + "\n" + expires).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
