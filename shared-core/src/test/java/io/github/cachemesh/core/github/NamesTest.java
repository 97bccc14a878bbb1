package io.github.cachemesh.core.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that come from a job's environment. */
class NamesTest {
  @Test
  void workflowIsTheFileThatTheRefNames() {
    assertThat(WorkflowFile.ofRef("octo-org/repo-1/.github/workflows/code ql.yml@refs/heads/a@b/c"))
        .contains(new WorkflowFile("code ql.yml"));
    assertThat(new WorkflowFile("codeql.yaml").path()).isEqualTo(".github/workflows/codeql.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "octo-org/repo-1/dynamic/github-code-scanning/codeql@refs/heads/main",
        "octo-org/repo-1/.github/workflows/a/b.yml@refs/heads/main",
        "octo-org/repo-1/.github/workflows/../../x.yml@refs/heads/main",
        "octo-org/repo-1/.github/workflows/codeql.yml",
        "octo-org/repo-1/.github/workflows/codeql.json@refs/heads/main"
      })
  void otherRefsNameNoWorkflowFile(String ref) {
    assertThat(WorkflowFile.ofRef(ref)).isEmpty();
  }

  @Test
  void repositoryIsOwnerAndName() {
    RepositoryName name = RepositoryName.parse("octo-org/repo.js");
    assertThat(name).isEqualTo(new RepositoryName("octo-org", "repo.js"));
    assertThat(name).hasToString("octo-org/repo.js");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "octo", "a/b/c", "../x", "a/..", "a b/c", "a/b?c", "a/%2e"})
  void otherTextsAreNoRepository(String text) {
    assertThatThrownBy(() -> RepositoryName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("owner/name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "ключ"})
  void textThatIsNoTokenIsRefused(String text) {
    assertThatThrownBy(() -> new ApiToken(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("github-token");
  }
}
