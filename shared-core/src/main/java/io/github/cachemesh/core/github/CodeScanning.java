package io.github.cachemesh.core.github;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A repository's code scanning analyses as GitHub recorded them. Thread-safe; blocks. */
public final class CodeScanning {
  /** What GitHub answers with 404 in place of an empty list. */
  private static final String NONE = "no analysis found";

  private final GitHubApi api;
  private final RepositoryName repository;

  public CodeScanning(GitHubApi api, RepositoryName repository) {
    this.api = api;
    this.repository = repository;
  }

  /**
   * The analyses that the query lets pass, newest first; at most {@link ApiLimits#maxPages} pages
   * of 100.
   *
   * @throws GitHubException as its kind says
   */
  public Listing<Analysis> analyses(AnalysisQuery query) throws GitHubException {
    Question question =
        question("the code scanning analyses", "analyses")
            .with(query.parameters())
            .with(Map.of("sort", "created", "direction", "desc"));
    try {
      return api.list(
          question, page -> page.asArray().valueStream().map(CodeScanning::analysis).toList());
    } catch (GitHubAbsentException e) {
      if (e.said(NONE)) {
        return new Listing<>(List.of(), true);
      }
      throw e;
    }
  }

  /**
   * One analysis.
   *
   * @throws GitHubException as its kind says
   */
  public Analysis analysis(long id) throws GitHubException {
    return api.ask(
        question("code scanning analysis " + id, "analyses", Long.toString(id)),
        CodeScanning::analysis);
  }

  /**
   * The SARIF of an analysis as GitHub kept it, a subset of what was uploaded. The caller closes
   * it. A read that breaks off, or passes the bound or the time limit, throws a {@link
   * GitHubUnavailableException}.
   *
   * @param maxBytes unpacked
   * @throws GitHubException as its kind says
   */
  public InputStream sarif(long id, long maxBytes) throws GitHubException {
    return api.stream(
        question("the SARIF of analysis " + id, "analyses", Long.toString(id))
            .accepting("application/sarif+json"),
        maxBytes);
  }

  private Question question(String what, String... path) {
    return Question.of(repository, what, Permission.SECURITY_EVENTS, path).below("code-scanning");
  }

  private static Analysis analysis(JsonNode document) {
    JsonNode tool = document.required("tool");
    return new Analysis(
        Field.number(document, "id"),
        Field.text(document, "ref"),
        Field.text(document, "commit_sha"),
        Field.text(document, "analysis_key"),
        Field.text(document, "environment"),
        Field.textOrEmpty(document, "category"),
        Field.textOrEmpty(document, "error"),
        Field.textOrEmpty(document, "warning"),
        Instant.parse(Field.text(document, "created_at")),
        Field.count(document, "results_count"),
        Field.count(document, "rules_count"),
        Field.text(tool, "name"),
        Field.optional(tool, "version"),
        Field.text(document, "sarif_id"),
        document.required("deletable").booleanValue());
  }
}
