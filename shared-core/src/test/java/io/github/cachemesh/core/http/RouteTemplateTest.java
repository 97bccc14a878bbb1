package io.github.cachemesh.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTemplateTest {
  private static RouteTemplate of(String path) {
    return RouteTemplate.of(ResourceKey.of("api.github.com", path, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/repos/o/r, /repos/{}/{}",
    "/repos/actions/issues, /repos/{}/{}",
    "/repos/o/r/issues/7, /repos/{}/{}/issues/{}",
    "/repos/o/r/issues?page=2, /repos/{}/{}/issues",
    "/repos/o/r/contents, /repos/{}/{}/contents",
    "/repos/o/r/contents/a/b/issues, /repos/{}/{}/contents/{*}",
    "/repos/o/r/git/ref/heads/main, /repos/{}/{}/git/ref/{*}",
    "/repos/o/r/branches/labels/protection, /repos/{}/{}/branches/{}/protection",
    "/repos/o/r/actions/workflows/ci.yml/runs, /repos/{}/{}/actions/workflows/{}/runs",
    "/repos/o/r/actions/runs/1/attempts/2/jobs, /repos/{}/{}/actions/runs/{}/attempts/{}/jobs",
    "/api/v3/repos/o/r/pulls, /repos/{}/{}/pulls",
    "/a/b/c/d/e/f/g/h/i/j/k/l, /{}/{}/{}/{}/{}/{}/{}/{}/{}/{}/{*}"
  })
  void parametersAreTakenOut(String path, String template) {
    assertThat(of(path).text()).isEqualTo(template);
  }

  @ParameterizedTest
  @CsvSource({
    "/users/u/repos, list_repos",
    "/orgs/o/repos, list_repos",
    "/installation/repositories, list_repos",
    "/repos/o/r, get_repo_info",
    "/repos/o/r/actions/workflows, list_workflows",
    "/repos/o/r/actions/runs, get_workflow_runs",
    "/repos/o/r/actions/workflows/ci.yml/runs, get_workflow_runs",
    "/repos/o/r/actions/runs/1, get_workflow_run",
    "/repos/o/r/actions/runners, list_runners",
    "/orgs/o/actions/runners/3, get_runner_status",
    "/repos/o/r/code-scanning/analyses, codeql_results",
    "/repos/o/r/issues, default"
  })
  void routeHasItsOperation(String path, String operation) {
    assertThat(of(path).operation()).isEqualTo(operation);
  }
}
