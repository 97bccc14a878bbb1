package io.github.cachemesh.core.credential;

import static io.github.cachemesh.core.credential.TestStore.GADGETS;
import static io.github.cachemesh.core.credential.TestStore.GLOBAL;
import static io.github.cachemesh.core.credential.TestStore.WIDGETS;
import static io.github.cachemesh.core.credential.TestStore.id;
import static io.github.cachemesh.core.credential.TestStore.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.credential.Answer.Basis;
import io.github.cachemesh.core.credential.Answer.Denial;
import io.github.cachemesh.core.credential.Answer.Denied;
import io.github.cachemesh.core.credential.Answer.Granted;
import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is given what: the store as the action and the service ask it. */
class AskingTest {
  private static final RepositoryRef ID = new RepositoryRef.Id(1296269);
  private static final Scope PRODUCTION = new Scope.Environment(ID, "production");
  private static final Scope DEPLOY =
      new Scope.Workflow(ID, ".github/workflows/deploy.yml", "refs/heads/main");
  private static final Scope RUNNER = new Scope.Runner("runner-7");
  private static final Scope BY_NAME = new Scope.Repo(new RepositoryRef.Name("octo/widgets"));

  private static final String WORKFLOW_REF =
      "octo/widgets/.github/workflows/deploy.yml@refs/heads/main";
  private static final Proof HELD = new Proof.HeldKey();
  private static final Proof TOKEN =
      new Proof.VerifiedToken(new VerifiedJob(1296269, "octo/widgets", WORKFLOW_REF, "Production"));
  private static final Proof ASSERTED =
      new Proof.Asserted(
          new AssertedJob(1296269, "octo/widgets", WORKFLOW_REF, "production", "runner-7"));

  @TempDir Path folder;
  private TestStore test;

  @BeforeEach
  void create() throws IOException {
    test = new TestStore(folder);
  }

  private void setIn(Scope... scopes) throws IOException {
    for (Scope scope : scopes) {
      test.set("TOKEN", scope, "of " + scope);
    }
  }

  private Answer asOwner(Proof... proofs) throws IOException {
    try (OpenedStore opened = test.open()) {
      return opened.ask(List.of("TOKEN"), List.of(proofs)).getFirst();
    }
  }

  private Answer asHolderOf(Scope scope, Proof... proofs) throws IOException {
    try (KeySource key = test.holder("holder", scope);
        OpenedStore opened = test.store.open(key, Anchor.none())) {
      return opened.ask(List.of("TOKEN"), List.of(proofs)).getFirst();
    }
  }

  private static void assertGranted(Answer answer, Scope scope, Basis basis) {
    assertThat(answer).isInstanceOf(Granted.class);
    assertThat(((Granted) answer).basis()).isEqualTo(basis);
    assertThat(text(((Granted) answer).credential())).isEqualTo("of " + scope);
  }

  private static void assertDenied(Answer answer, Denial denial) {
    assertThat(answer).isInstanceOf(Denied.class);
    assertThat(((Denied) answer).denial()).isEqualTo(denial);
    assertThat(((Denied) answer).detail()).isNotBlank();
  }

  @Test
  void heldKeyProvesItsScope() throws IOException {
    setIn(WIDGETS, GADGETS);

    assertGranted(asHolderOf(WIDGETS, HELD), WIDGETS, Basis.HELD_KEY);
  }

  @Test
  void withoutProofThereIsNothing() throws IOException {
    setIn(GLOBAL, WIDGETS);

    assertDenied(asHolderOf(WIDGETS), Denial.NOT_PROVEN);
  }

  @Test
  void ownersKeyProvesNoScopeButTheGlobalOne() throws IOException {
    setIn(WIDGETS);
    assertDenied(asOwner(HELD), Denial.NOT_PROVEN);

    setIn(GLOBAL);
    assertGranted(asOwner(HELD), GLOBAL, Basis.HELD_KEY);
  }

  @Test
  void tokenProvesRepositoryWorkflowAndEnvironmentById() throws IOException {
    setIn(WIDGETS);
    assertGranted(asOwner(TOKEN), WIDGETS, Basis.VERIFIED_TOKEN);
    setIn(DEPLOY);
    assertGranted(asOwner(TOKEN), DEPLOY, Basis.VERIFIED_TOKEN);
    setIn(PRODUCTION);
    assertGranted(asOwner(TOKEN), PRODUCTION, Basis.VERIFIED_TOKEN);
  }

  @Test
  void tokenProvesNeitherNamesNorRunners() throws IOException {
    setIn(BY_NAME, RUNNER);

    assertDenied(asOwner(TOKEN), Denial.NOT_PROVEN);
  }

  @Test
  void tokenOfAnotherRepositoryIsDenied() throws IOException {
    setIn(GADGETS, new Scope.Environment(new RepositoryRef.Id(42), "production"));

    assertDenied(asOwner(TOKEN), Denial.NOT_PROVEN);
  }

  @Test
  void workflowOfAnotherRepositoryProvesNoWorkflow() throws IOException {
    setIn(DEPLOY);
    Proof required =
        new Proof.VerifiedToken(
            new VerifiedJob(
                1296269,
                "octo/widgets",
                "octo/rules/.github/workflows/deploy.yml@refs/heads/main",
                null));

    assertDenied(asOwner(required), Denial.NOT_PROVEN);
  }

  @Test
  void assertedScopeIsRefusedUnlessThePolicyTakesIt() throws IOException {
    setIn(RUNNER);
    assertDenied(asOwner(HELD, ASSERTED), Denial.ONLY_ASSERTED);

    test.change(
        editor -> {
          editor.policy(new StorePolicy(2, true));
          return 0;
        });

    Answer answer = asOwner(HELD, ASSERTED);
    assertThat(((Granted) answer).warning()).get().asString().contains("only says");
    assertGranted(answer, RUNNER, Basis.ASSERTED);
  }

  @Test
  void assertedScopeIsByNameToo() throws IOException {
    setIn(BY_NAME);
    test.change(
        editor -> {
          editor.policy(new StorePolicy(2, true));
          return 0;
        });

    assertGranted(asOwner(ASSERTED), BY_NAME, Basis.ASSERTED);
  }

  @Test
  void whatIsProvenNeedsNoWarning() throws IOException {
    setIn(WIDGETS);
    test.change(
        editor -> {
          editor.policy(new StorePolicy(2, true));
          return 0;
        });

    Answer answer = asOwner(ASSERTED, TOKEN);
    assertThat(((Granted) answer).warning()).isEmpty();
    assertGranted(answer, WIDGETS, Basis.VERIFIED_TOKEN);
  }

  @Test
  void twoScopesOfOneBreadthAreAmbiguous() throws IOException {
    setIn(WIDGETS, GADGETS);
    try (KeySource key = test.holder("both", WIDGETS, GADGETS);
        OpenedStore opened = test.store.open(key, Anchor.none())) {
      assertDenied(opened.ask(List.of("TOKEN"), List.of(HELD)).getFirst(), Denial.AMBIGUOUS);
    }
  }

  @Test
  void keyThatDoesNotOpenAProvenScopeIsNamed() throws IOException {
    setIn(WIDGETS);

    assertDenied(asHolderOf(GADGETS, TOKEN), Denial.NO_KEY);
  }

  @Test
  void expiredValueIsDenied() throws IOException {
    test.change(
        editor ->
            editor.set(
                id("TOKEN", GLOBAL),
                "of global".getBytes(UTF_8),
                Expiry.after(test.now, Duration.ofHours(1))));
    test.now = test.now.plus(Duration.ofMinutes(59));
    assertGranted(asOwner(HELD), GLOBAL, Basis.HELD_KEY);

    test.now = test.now.plus(Duration.ofMinutes(1));
    assertDenied(asOwner(HELD), Denial.EXPIRED);
  }

  @Test
  void deletedAndUnknownNamesAreToldApart() throws IOException {
    assertDenied(asOwner(HELD), Denial.NOT_FOUND);
    setIn(GLOBAL);
    test.change(editor -> editor.delete(id("TOKEN", GLOBAL)));
    assertDenied(asOwner(HELD), Denial.DELETED);
  }

  @Test
  void eachNameHasItsAnswerInOrder() throws IOException {
    setIn(GLOBAL);
    try (OpenedStore opened = test.open()) {
      List<Answer> answers = opened.ask(List.of("NONE", "TOKEN", "NONE"), List.of(HELD));
      assertThat(answers).extracting(Answer::name).containsExactly("NONE", "TOKEN", "NONE");
      assertThat(answers.get(1)).isInstanceOf(Granted.class);
    }
  }

  @Test
  void tooManyNamesAreRefused() throws IOException {
    List<String> names = Collections.nCopies(OpenedStore.MAX_NAMES + 1, "TOKEN");
    try (OpenedStore opened = test.open()) {
      assertThat(TestStore.refusal(() -> opened.ask(names, List.of())))
          .isEqualTo(Fault.OUT_OF_BOUNDS);
    }
  }
}
