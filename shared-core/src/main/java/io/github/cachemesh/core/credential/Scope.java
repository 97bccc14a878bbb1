package io.github.cachemesh.core.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For whom a credential is. A scope is its kind and its filter, and no two scopes have the same
 * ones. Immutable.
 *
 * <table>
 * <caption>Text form, {@code KIND:FILTER}</caption>
 * <tr><td>{@code global}</td><td>everybody who can open the store</td></tr>
 * <tr><td>{@code repo:1296269}, {@code repo:owner/name}</td><td>a repository</td></tr>
 * <tr><td>{@code workflow:REPOSITORY:PATH@REF}</td><td>a workflow of a repository</td></tr>
 * <tr><td>{@code runner:NAME}</td><td>a runner, told by the key that lies on it</td></tr>
 * <tr><td>{@code environment:REPOSITORY:NAME}</td><td>an environment of a repository</td></tr>
 * </table>
 */
public sealed interface Scope {
  /** The longest filter, in UTF-16 code units. */
  int MAX_FILTER_LENGTH = 512;

  /** Everybody who can open the store. */
  record Global() implements Scope {
    @Override
    public String toString() {
      return text(this);
    }
  }

  /** A repository. */
  record Repo(RepositoryRef repository) implements Scope {
    @Override
    public String toString() {
      return text(this);
    }
  }

  /**
   * A workflow of a repository, as of a ref.
   *
   * @param path {@code .github/workflows/deploy.yml}
   * @param ref {@code refs/heads/main}
   */
  record Workflow(RepositoryRef repository, String path, String ref) implements Scope {
    /**
     * @throws IllegalArgumentException when a part is none
     */
    public Workflow {
      if (!path.matches("[^\\p{Cntrl}@]+\\.ya?ml") || !ref.matches("refs/[^\\p{Cntrl} ]+")) {
        throw new IllegalArgumentException(
            "a workflow is PATH@REF, as .github/workflows/deploy.yml@refs/heads/main");
      }
      checkFilter(path + ref);
    }

    @Override
    public String toString() {
      return text(this);
    }
  }

  /** A runner by its name. */
  record Runner(String name) implements Scope {
    /**
     * @throws IllegalArgumentException when it is no name
     */
    public Runner {
      checkFilter(name);
    }

    @Override
    public String toString() {
      return text(this);
    }
  }

  /**
   * An environment of a repository.
   *
   * @param name kept in lower case, as GitHub tells no cases apart
   */
  record Environment(RepositoryRef repository, String name) implements Scope {
    /**
     * @throws IllegalArgumentException when it is no name
     */
    public Environment {
      checkFilter(name);
      name = name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return text(this);
    }
  }

  /** The word before the filter. */
  default String kind() {
    return switch (this) {
      case Global() -> "global";
      case Repo _ -> "repo";
      case Workflow _ -> "workflow";
      case Runner _ -> "runner";
      case Environment _ -> "environment";
    };
  }

  /** Which of its kind; empty for {@link Global}. */
  default String filter() {
    return switch (this) {
      case Global() -> "";
      case Repo(RepositoryRef repository) -> repository.toString();
      case Workflow(RepositoryRef repository, String path, String ref) ->
          repository + ":" + path + "@" + ref;
      case Runner(String name) -> name;
      case Environment(RepositoryRef repository, String name) -> repository + ":" + name;
    };
  }

  /**
   * The scope of a kind and a filter.
   *
   * @throws StoreRefusedException {@link Fault#UNKNOWN_SCOPE} when there is no such kind, {@link
   *     Fault#MALFORMED} when the filter is none of its kind
   */
  static Scope of(String kind, String filter) throws StoreRefusedException {
    try {
      checkLength(filter);
      return switch (kind) {
        case "global" -> global(filter);
        case "repo" -> new Repo(RepositoryRef.parse(filter));
        case "workflow" -> workflow(filter);
        case "runner" -> new Runner(filter);
        case "environment" -> environment(filter);
        default ->
            throw new StoreRefusedException(
                Fault.UNKNOWN_SCOPE,
                "there is no scope '%s'; there are global, repo, workflow, runner and environment"
                    .formatted(kind));
      };
    } catch (IllegalArgumentException e) {
      throw new StoreRefusedException(
          Fault.MALFORMED, "scope %s: %s".formatted(kind, e.getMessage()));
    }
  }

  /**
   * Reads the text form.
   *
   * @throws StoreRefusedException as {@link #of}
   */
  static Scope parse(String text) throws StoreRefusedException {
    int colon = text.indexOf(':');
    return colon < 0 ? of(text, "") : of(text.substring(0, colon), text.substring(colon + 1));
  }

  private static Scope global(String filter) {
    if (!filter.isEmpty()) {
      throw new IllegalArgumentException("it takes no filter");
    }
    return new Global();
  }

  private static Scope workflow(String filter) {
    Matcher parts = Pattern.compile("([^:]*):([^@]*)@(.*)").matcher(filter);
    if (!parts.matches()) {
      throw new IllegalArgumentException("its filter is REPOSITORY:PATH@REF");
    }
    return new Workflow(RepositoryRef.parse(parts.group(1)), parts.group(2), parts.group(3));
  }

  private static Scope environment(String filter) {
    int colon = filter.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("its filter is REPOSITORY:NAME");
    }
    return new Environment(
        RepositoryRef.parse(filter.substring(0, colon)), filter.substring(colon + 1));
  }

  private static void checkFilter(String filter) {
    checkLength(filter);
    if (filter.isBlank() || filter.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a filter is text of one line");
    }
  }

  private static void checkLength(String filter) {
    if (filter.length() > MAX_FILTER_LENGTH) {
      throw new IllegalArgumentException(
          "a filter has at most %d characters".formatted(MAX_FILTER_LENGTH));
    }
    if (!UTF_8.newEncoder().canEncode(filter)) {
      throw new IllegalArgumentException("a filter is Unicode");
    }
  }

  private static String text(Scope scope) {
    String filter = scope.filter();
    return filter.isEmpty() ? scope.kind() : scope.kind() + ":" + filter;
  }
}
