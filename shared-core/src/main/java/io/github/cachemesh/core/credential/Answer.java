package io.github.cachemesh.core.credential;

import java.util.Optional;

/** What comes of asking for a name. */
public sealed interface Answer {
  /** The name that was asked for. */
  String name();

  /** By what the scope was proven. */
  enum Basis {
    HELD_KEY,
    VERIFIED_TOKEN,
    /** By nothing: the store's policy takes the job's word. */
    ASSERTED
  }

  /** Why not. */
  enum Denial {
    /** There is none of that name. */
    NOT_FOUND,
    /** It was deleted. */
    DELETED,
    /** It has expired. */
    EXPIRED,
    /** It belongs to scopes that nothing proves. */
    NOT_PROVEN,
    /** It belongs to a scope that is only asserted, and the policy does not take that. */
    ONLY_ASSERTED,
    /** The key that opened the store does not open its scope. */
    NO_KEY,
    /** It has values in several scopes, all proven, of which none is narrower. */
    AMBIGUOUS
  }

  /**
   * The value.
   *
   * @param credential which the caller closes
   */
  record Granted(Credential credential, Basis basis) implements Answer {
    @Override
    public String name() {
      return credential.id().name();
    }

    /** What the job's log should say of it. */
    public Optional<String> warning() {
      return basis == Basis.ASSERTED
          ? Optional.of(
              credential.id()
                  + ": the job only says that it is of this scope; use a key of the scope, or the"
                  + " service")
          : Optional.empty();
    }
  }

  /**
   * None.
   *
   * @param detail one sentence for people, without values
   */
  record Denied(String name, Denial denial, String detail) implements Answer {}
}
