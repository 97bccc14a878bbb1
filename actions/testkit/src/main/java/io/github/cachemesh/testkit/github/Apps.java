package io.github.cachemesh.testkit.github;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The declared Apps and the tokens that they minted, of which at most 10,000 hold at a time.
 * Thread-safe.
 */
final class Apps {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int MAX_TOKENS = 10_000;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final List<App> declared;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Minted> tokens = new ConcurrentHashMap<>();

  /** A token that GitHub ends by itself. */
  record Minted(Token token, Instant expires) {}

  Apps(List<App> declared, Clock clock) {
    this.declared = List.copyOf(declared);
    this.clock = clock;
  }

  /** Who sent this credential, if it is an App's. */
  Optional<Caller> identify(String credential, String address) {
    Minted minted = tokens.get(credential);
    if (minted != null) {
      return minted.expires().isAfter(clock.instant())
          ? Optional.of(new Caller.Authorised(minted.token()))
          : Optional.empty();
    }
    return AppJwt.parse(credential).map(jwt -> identify(jwt, address));
  }

  private Caller identify(AppJwt jwt, String address) {
    return declared.stream()
        .filter(app -> Set.of(app.clientId(), Long.toString(app.id())).contains(jwt.issuer()))
        .findFirst()
        .<Caller>map(
            app ->
                jwt.problem(app.publicKey(), clock.instant())
                    .<Caller>map(problem -> new Caller.Refused(address, problem))
                    .orElseGet(() -> new Caller.ByApp(app)))
        .orElseGet(() -> new Caller.Refused(address, "Integration not found"));
  }

  /** A new token that may do so much in those repositories. */
  Minted mint(
      App app, App.Installation in, Set<String> repositories, Map<String, String> permissions) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    tokens.values().removeIf(minted -> !minted.expires().isAfter(now));
    if (tokens.size() >= MAX_TOKENS) {
      throw ApiFailure.of(403, "You have exceeded a secondary rate limit.");
    }
    Token token =
        Token.app(value(), app.slug())
            .named("app:" + app.slug() + ":" + in.id())
            .permitted(repositories, permissions);
    Minted minted = new Minted(token, now.plus(LIFE));
    tokens.put(token.value(), minted);
    return minted;
  }

  /** Ends a token; whether an App had minted it. */
  boolean revoke(Token token) {
    return tokens.remove(token.value()) != null;
  }

  void clear() {
    tokens.clear();
  }

  private String value() {
    StringBuilder value = new StringBuilder("ghs_");
    for (int i = 0; i < 36; i++) {
      value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return value.toString();
  }
}
