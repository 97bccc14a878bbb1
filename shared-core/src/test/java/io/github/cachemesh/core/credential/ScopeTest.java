package io.github.cachemesh.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "global",
        "repo:1296269",
        "repo:octo/widgets",
        "workflow:1296269:.github/workflows/deploy.yml@refs/heads/main",
        "workflow:octo/widgets:.github/workflows/a b.yaml@refs/tags/v1@2",
        "runner:runner-7: of the cellar",
        "environment:1296269:production",
        "environment:octo/widgets:eu: west"
      })
  void textAndScopeAreOne(String text) throws StoreRefusedException {
    Scope scope = Scope.parse(text);

    assertThat(scope).hasToString(text);
    assertThat(Scope.of(scope.kind(), scope.filter())).isEqualTo(scope);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "team", "Global", "GLOBAL", "repository:octo/widgets", "team:core"})
  void unknownScopeIsRefusedAndNeverGlobal(String text) {
    assertThat(TestStore.refusal(() -> Scope.parse(text))).isEqualTo(Fault.UNKNOWN_SCOPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "global:x",
        "repo",
        "repo:",
        "repo:0",
        "repo:widgets",
        "repo:octo/widgets/more",
        "repo:99999999999999999999",
        "workflow:deploy.yml",
        "workflow:1:deploy.yml",
        "workflow:1:deploy.txt@refs/heads/main",
        "workflow:1:deploy.yml@main",
        "runner:",
        "runner: ",
        "runner:a\nb",
        "runner:\ud800",
        "environment:production",
        "environment:1:"
      })
  void filterThatIsNoneOfItsKindIsRefused(String text) {
    assertThat(TestStore.refusal(() -> Scope.parse(text))).isEqualTo(Fault.MALFORMED);
  }

  @Test
  void overlongFilterIsRefused() {
    assertThat(
            TestStore.refusal(
                () -> Scope.parse("runner:" + "a".repeat(Scope.MAX_FILTER_LENGTH + 1))))
        .isEqualTo(Fault.MALFORMED);
  }

  @Test
  void namesThatGitHubTellsNotApartAreOne() throws StoreRefusedException {
    assertThat(Scope.parse("repo:Octo/Widgets")).isEqualTo(Scope.parse("repo:octo/widgets"));
    assertThat(Scope.parse("environment:1:Production"))
        .isEqualTo(Scope.parse("environment:1:production"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-dash", "two words", "a=b", "ä", ".hidden"})
  void nameOfACredentialHasItsForm(String name) {
    assertThatThrownBy(() -> new CredentialId(name, new Scope.Global()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
