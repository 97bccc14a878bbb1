package io.github.cachemesh.testkit.github;

/** Who sent a request, as far as its {@code Authorization} header proves. */
sealed interface Caller {

  /** The name shown in the ledger. */
  String id();

  /** Whose primary and secondary allowance is spent. */
  String limitOwner();

  boolean mayRead(boolean isPrivate, String repository);

  boolean mayWrite(boolean isPrivate, String repository);

  /** No credential was sent. */
  record Anonymous(String address) implements Caller {
    @Override
    public String id() {
      return "anonymous";
    }

    @Override
    public String limitOwner() {
      return "ip:" + address;
    }

    @Override
    public boolean mayRead(boolean isPrivate, String repository) {
      return !isPrivate;
    }

    @Override
    public boolean mayWrite(boolean isPrivate, String repository) {
      return false;
    }
  }

  /** A declared token was sent. */
  record Authorised(Token token) implements Caller {
    @Override
    public String id() {
      return token.id();
    }

    @Override
    public String limitOwner() {
      return token.limitOwner();
    }

    @Override
    public boolean mayRead(boolean isPrivate, String repository) {
      return token.mayRead(isPrivate, repository);
    }

    @Override
    public boolean mayWrite(boolean isPrivate, String repository) {
      return token.mayWrite(isPrivate, repository);
    }
  }

  /** An App showed who it is by a JWT, which opens endpoints for Apps only. */
  record ByApp(App app) implements Caller {
    @Override
    public String id() {
      return "app:" + app.slug();
    }

    @Override
    public String limitOwner() {
      return "app:" + app.slug();
    }

    @Override
    public boolean mayRead(boolean isPrivate, String repository) {
      return !isPrivate;
    }

    @Override
    public boolean mayWrite(boolean isPrivate, String repository) {
      return false;
    }
  }

  /**
   * A credential was sent that nobody declared.
   *
   * @param problem in GitHub's words
   */
  record Refused(String address, String problem) implements Caller {
    @Override
    public String id() {
      return "invalid";
    }

    @Override
    public String limitOwner() {
      return "ip:" + address;
    }

    @Override
    public boolean mayRead(boolean isPrivate, String repository) {
      return false;
    }

    @Override
    public boolean mayWrite(boolean isPrivate, String repository) {
      return false;
    }
  }
}
