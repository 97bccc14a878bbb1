package io.github.cachemesh.core.service;

import io.github.cachemesh.core.audit.AuditOutcome;
import io.github.cachemesh.core.credential.Answer;
import io.github.cachemesh.core.credential.Credential;
import io.github.cachemesh.core.credential.Expiry;
import io.github.cachemesh.core.oidc.VerifiedToken;
import io.github.cachemesh.core.service.DeniedCredential.Reason;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes granted values out of the store: those of the scopes that the token proves, at most {@link
 * #MAX_BYTES} in one answer. Thread-safe; blocks.
 */
final class FromStore {
  static final int MAX_BYTES = 8 << 20;

  private final StoredValues values;
  private final InstantSource clock;

  FromStore(StoredValues values, InstantSource clock) {
    this.values = values;
    this.clock = clock;
  }

  /**
   * Provides values.
   *
   * @param wanted names, each with the grant that gives it
   */
  Map<String, Provided> provide(Map<String, Grant> wanted, VerifiedToken token) {
    Map<String, Provided> provided = new LinkedHashMap<>();
    List<Answer> answers;
    try {
      answers = values.ask(List.copyOf(wanted.keySet()), token);
    } catch (IOException e) {
      for (String name : wanted.keySet()) {
        provided.put(name, Provided.unavailable(name, "the store: " + e.getMessage()));
      }
      return provided;
    }
    long left = MAX_BYTES;
    for (Answer answer : answers) {
      Grant grant = wanted.get(answer.name());
      if (grant == null) {
        throw new IllegalStateException("the store answers what was not asked");
      }
      Provided one = provided(answer, grant, left);
      left -= one.given().map(GrantedCredential::length).orElse(0);
      provided.put(answer.name(), one);
    }
    return provided;
  }

  private Provided provided(Answer answer, Grant grant, long left) {
    return switch (answer) {
      case Answer.Denied(String name, Answer.Denial denial, String detail) ->
          denied(name, denial, "grant %s: %s".formatted(grant.id(), detail));
      case Answer.Granted(Credential credential, Answer.Basis _) -> {
        try (credential) {
          GrantedCredential given = granted(credential, grant);
          if (given.length() > left) {
            given.close();
            yield Provided.unavailable(
                given.name(),
                "the values have more than %d bytes: ask for fewer at once".formatted(MAX_BYTES));
          }
          yield new Provided.Given(
              given,
              "grant %s: version %d of %s"
                  .formatted(grant.id(), credential.version(), credential.id()));
        }
      }
    };
  }

  private GrantedCredential granted(Credential credential, Grant grant) {
    Instant meant = clock.instant().plus(grant.lasts());
    Instant expires =
        credential.expires() instanceof Expiry.At(Instant at) && at.isBefore(meant) ? at : meant;
    return new GrantedCredential(
        credential.id().name(),
        credential.value(),
        grant.export(),
        expires,
        grant.id(),
        Optional.empty());
  }

  private static Provided denied(String name, Answer.Denial denial, String why) {
    return switch (denial) {
      case NOT_FOUND, DELETED, NOT_PROVEN, ONLY_ASSERTED, AMBIGUOUS ->
          Provided.denied(name, Reason.NOT_FOUND, AuditOutcome.NOT_FOUND, why);
      case EXPIRED -> Provided.denied(name, Reason.EXPIRED, AuditOutcome.EXPIRED, why);
      case NO_KEY -> Provided.unavailable(name, why);
    };
  }
}
