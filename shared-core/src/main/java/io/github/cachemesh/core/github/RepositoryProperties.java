package io.github.cachemesh.core.github;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A repository's custom properties as far as codeql-action reads them. Only repositories of
 * organizations have any; for a user's, GitHub may answer that there is no such thing. Thread-safe;
 * blocks.
 */
public final class RepositoryProperties {
  /** Adds queries to every CodeQL run of the repository. */
  public static final String EXTRA_QUERIES = "github-codeql-extra-queries";

  private static final String PREFIX = "github-codeql-";

  private final GitHubApi api;
  private final RepositoryName repository;

  public RepositoryProperties(GitHubApi api, RepositoryName repository) {
    this.api = api;
    this.repository = repository;
  }

  /**
   * The properties whose names begin with {@code github-codeql-}: a text as it is, several values
   * as a JSON array. One without a value is left out.
   *
   * @throws GitHubException as its kind says
   */
  public SortedMap<String, String> codeql() throws GitHubException {
    Question question =
        Question.of(
            repository, "the custom properties", Permission.METADATA, "properties", "values");
    return api.ask(question, RepositoryProperties::codeql);
  }

  /**
   * The value of {@value #EXTRA_QUERIES}.
   *
   * @throws GitHubException as its kind says
   */
  public Optional<String> extraQueries() throws GitHubException {
    return Optional.ofNullable(codeql().get(EXTRA_QUERIES));
  }

  private static SortedMap<String, String> codeql(JsonNode properties) {
    SortedMap<String, String> codeql = new TreeMap<>();
    for (JsonNode property : properties.asArray().values()) {
      String name = Field.text(property, "property_name");
      JsonNode value = property.required("value");
      if (name.startsWith(PREFIX) && !value.isNull()) {
        codeql.put(name, value.isString() ? value.stringValue() : value.toString());
      }
    }
    return Collections.unmodifiableSortedMap(codeql);
  }
}
