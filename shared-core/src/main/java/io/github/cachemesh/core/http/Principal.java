package io.github.cachemesh.core.http;

/**
 * Who asks, as an opaque name that equal credentials share and that does not give the credential
 * away: a keyed hash, made by {@link PrincipalNaming}.
 */
public record Principal(String name) {
  /** Whoever sends no credential. */
  public static final Principal ANONYMOUS = new Principal("anonymous");
}
