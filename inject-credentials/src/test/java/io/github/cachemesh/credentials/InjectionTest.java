package io.github.cachemesh.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.core.service.Export;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InjectionTest {
  private static final Optional<Export> UNSAID = Optional.empty();

  @Test
  void whereNobodySaysAValueGoesIntoTheEnvironment() {
    assertThat(Injection.of(List.of(credential("A", "v")), "", UNSAID).writes())
        .containsExactly(new Write.Variable("A", "v"));
  }

  @Test
  void workflowChoosesWhereNoPolicyDoes() {
    assertThat(Injection.of(List.of(credential("A", "v")), "", Optional.of(Export.OUTPUT)).writes())
        .containsExactly(new Write.Output("A", "v"));
  }

  @Test
  void policyChoosesWhereTheWorkflowDoesNot() {
    assertThat(Injection.of(List.of(granted("A", Export.OUTPUT)), "", UNSAID).writes())
        .containsExactly(new Write.Output("A", "v"));
  }

  @Test
  void workflowCannotOverruleThePolicy() {
    assertRefused(granted("A", Export.FILE), Optional.of(Export.ENV), "may go to file only");
  }

  @Test
  void prefixIsPartOfEveryName() {
    assertThat(Injection.of(List.of(credential("9_KEY", "v")), "X", UNSAID).writes())
        .containsExactly(new Write.Variable("X9_KEY", "v"));
  }

  @Test
  void prefixCannotMakeADangerousName() {
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> Injection.of(List.of(credential("PRELOAD", "v")), "LD_", UNSAID));
  }

  @ParameterizedTest
  @EnumSource(
      value = Export.class,
      names = {"ENV", "FILE"})
  void dangerousVariablesAreRefused(Export export) {
    assertRefused(credential("BASH_ENV", "v"), Optional.of(export), "is refused");
  }

  @Test
  void outputIsNoVariableSoItMayBeCalledLikeOne() {
    assertThat(
            Injection.of(List.of(credential("GITHUB_TOKEN", "v")), "", Optional.of(Export.OUTPUT))
                .writes())
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Export.class,
      names = {"OUTPUT", "FILE"})
  void actionsOwnOutputIsNotOverwritten(Export export) {
    assertRefused(credential("Status", "v"), Optional.of(export), "of the action itself");
  }

  @Test
  void namesThatDifferInCaseOnlyAreOneName() {
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(
            () -> Injection.of(List.of(credential("a", "v"), credential("A", "w")), "", UNSAID))
        .withMessageContaining("A is asked for twice");
  }

  @Test
  void whatIsNoTextGoesToAFileOnly() {
    Acquired bytes = credential("A", new byte[] {(byte) 0xff, 0});
    Acquired nul = credential("A", new byte[] {'a', 0});

    assertRefused(bytes, UNSAID, "is no text");
    assertRefused(nul, Optional.of(Export.OUTPUT), "is no text");
    assertThat(Injection.of(List.of(bytes), "", Optional.of(Export.FILE)).writes())
        .containsExactly(new Write.SecretFile("A", bytes.value()));
    assertThat(Injection.secrets(List.of(bytes))).containsExactly("/wA=");
  }

  @Test
  void variableIsNotLargerThanLinuxTakes() {
    assertThat(Injection.of(List.of(credential("A", "x".repeat(131_069))), "", UNSAID).writes())
        .hasSize(1);
    assertRefused(credential("A", "x".repeat(131_070)), UNSAID, "128 KiB");
  }

  @Test
  void oneThatCannotGoKeepsBackAll() {
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(
            () ->
                Injection.of(
                    List.of(credential("A", "v"), credential("PATH", "w"), credential("B-C", "x")),
                    "",
                    UNSAID))
        .withMessageContainingAll("Nothing was injected", "PATH is refused", "B-C is no name");
  }

  @Test
  void nothingThatIsSaidOfAPlanShowsAValue() {
    for (Export export : Export.values()) {
      Acquired credential = credential("A", "hunter2");
      assertThat(Injection.of(List.of(credential), "", Optional.of(export)) + " " + credential)
          .contains("A")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void closingACredentialZeroesIt() {
    Acquired credential = credential("A", "hunter2");
    credential.close();
    assertThat(credential.value()).containsOnly(0);
  }

  private static void assertRefused(Acquired credential, Optional<Export> wanted, String reason) {
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> Injection.of(List.of(credential), "", wanted))
        .withMessageContaining(reason);
  }

  private static Acquired credential(String name, String value) {
    return credential(name, value.getBytes(UTF_8));
  }

  private static Acquired credential(String name, byte[] value) {
    return new Acquired(name, value, "a test", Optional.empty(), Optional.empty(), false);
  }

  private static Acquired granted(String name, Export export) {
    return new Acquired(
        name, "v".getBytes(UTF_8), "a test", Optional.of(export), Optional.empty(), true);
  }
}
