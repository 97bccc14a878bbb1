package io.github.cachemesh.core.github;

/** A credential for GitHub's API that leaves this object in a request's header only. Immutable. */
public final class ApiToken {
  private static final int MAX_LENGTH = 4_096;

  private final String value;

  /**
   * @throws IllegalArgumentException when it is empty, too long or holds characters that no token
   *     has; the message does not quote it
   */
  public ApiToken(String value) {
    String token = value.strip();
    if (token.isEmpty() || token.length() > MAX_LENGTH || !token.matches("[\\x21-\\x7E]+")) {
      throw new IllegalArgumentException(
          "github-token is not a token; pass ${{ github.token }} or leave the input out");
    }
    this.value = token;
  }

  String authorization() {
    return "Bearer " + value;
  }

  @Override
  public String toString() {
    return "ApiToken";
  }
}
