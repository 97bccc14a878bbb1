package io.github.cachemesh.testkit.github;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells callers apart by the token in {@code token X}, {@code Bearer X} or Basic credentials. */
final class Authenticator {
  private final Map<String, Token> byValue;
  private final Apps apps;

  Authenticator(Collection<Token> tokens, Apps apps) {
    this.apps = apps;
    byValue =
        tokens.stream().collect(Collectors.toUnmodifiableMap(Token::value, Function.identity()));
  }

  Caller identify(@Nullable String authorization, String address) {
    if (authorization == null || authorization.isBlank()) {
      return new Caller.Anonymous(address);
    }
    String credential = credential(authorization);
    Token token = byValue.get(credential);
    return token == null
        ? apps.identify(credential, address)
            .orElseGet(() -> new Caller.Refused(address, "Bad credentials"))
        : new Caller.Authorised(token);
  }

  private static String credential(String authorization) {
    int space = authorization.indexOf(' ');
    if (space < 0) {
      return "";
    }
    String rest = authorization.substring(space + 1).strip();
    return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "token", "bearer" -> rest;
      case "basic" -> basicPassword(rest);
      default -> "";
    };
  }

  /** GitHub takes a token as the password, or as the user name with an empty password. */
  private static String basicPassword(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon < 0) {
        return "";
      }
      String password = pair.substring(colon + 1);
      return password.isEmpty() || password.equals("x-oauth-basic")
          ? pair.substring(0, colon)
          : password;
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }
}
