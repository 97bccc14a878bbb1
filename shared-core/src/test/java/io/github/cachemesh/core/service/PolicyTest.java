package io.github.cachemesh.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {

  @Test
  void jobWithEveryClaimOfAGrantIsGivenWhatItNames() throws Exception {
    Verdict verdict = decide(SamplePolicy.claims(), "AWS_SECRET_ACCESS_KEY");

    assertThat(verdict)
        .asInstanceOf(type(Verdict.Given.class))
        .satisfies(given -> assertThat(given.grant().id()).isEqualTo("deploy"));
  }

  @ParameterizedTest
  @CsvSource({
    "repository_id, 1296270",
    "repository_owner_id, 583232",
    "environment, staging",
    "ref, refs/heads/main",
    "ref_protected, false",
    "event_name, pull_request_target",
    "workflow_ref, octocat/hello-world/.github/workflows/other.yml@refs/heads/release/1.2",
    "job_workflow_ref, octocat/ci/.github/workflows/deploy.yml@refs/tags/v2",
    "job_workflow_sha, 1234567e10234567890123456789012345678902",
    "runner_environment, github-hosted"
  })
  void oneClaimThatDiffersIsADenialThatNamesIt(String claim, String other) throws Exception {
    Map<String, Object> claims = SamplePolicy.claims();
    claims.put(claim, other);

    Verdict verdict = decide(claims, "DEPLOY_KEY");

    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    assertThat(verdict.objections())
        .filteredOn(Objection.OtherClaim.class::isInstance)
        .singleElement()
        .asInstanceOf(type(Objection.OtherClaim.class))
        .satisfies(
            objection -> {
              assertThat(objection.claim().word()).isEqualTo(claim);
              assertThat(objection.found()).contains(other);
            });
  }

  @ParameterizedTest
  @EnumSource(Claim.class)
  void everyClaimThatAGrantCanNameIsInTheTestAboveAndInTheSample(Claim claim) throws Exception {
    assertThat(SamplePolicy.policy().grants().getFirst().who()).containsKey(claim);
  }

  @ParameterizedTest
  @EnumSource(Claim.class)
  void claimThatATokenLacksIsADenial(Claim claim) throws Exception {
    Set<Claim> inEveryToken =
        EnumSet.of(
            Claim.REPOSITORY_ID,
            Claim.REPOSITORY_OWNER_ID,
            Claim.REF,
            Claim.EVENT_NAME,
            Claim.WORKFLOW_REF);
    if (inEveryToken.contains(claim)) {
      // Without them it is no token of GitHub's: see the tests of oidc.
      assertThat(claim.of(SamplePolicy.read(SamplePolicy.claims()))).isPresent();
      return;
    }
    Map<String, Object> claims = SamplePolicy.claims();
    claims.remove(claim.word());

    assertThat(decide(claims, "DEPLOY_KEY")).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void nameThatNoGrantNamesIsDenied() throws Exception {
    assertThat(decide(SamplePolicy.claims(), "OTHER_KEY"))
        .asInstanceOf(type(Verdict.Refused.class))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo("no grant names it"));
  }

  @Test
  void environmentsHaveNoCase() throws Exception {
    Map<String, Object> claims = SamplePolicy.claims();
    claims.put("environment", "Production");

    assertThat(decide(claims, "DEPLOY_KEY")).isInstanceOf(Verdict.Given.class);
  }

  @Test
  void firstGrantThatGivesDecides() throws Exception {
    Grant first = SamplePolicy.policy().grants().getFirst();
    Grant second =
        new Grant("second", first.who(), first.what(), first.lasts(), Export.ENV, Optional.empty());

    Verdict verdict =
        new Policy(List.of(first, second))
            .decide(SamplePolicy.read(SamplePolicy.claims()), "DEPLOY_KEY");

    assertThat(verdict)
        .asInstanceOf(type(Verdict.Given.class))
        .satisfies(given -> assertThat(given.grant()).isSameAs(first));
  }

  @Test
  void denialSaysWhatWasFoundAndWhatIsWanted() throws Exception {
    Map<String, Object> claims = SamplePolicy.claims();
    claims.remove("environment");

    assertThat(decide(claims, "RELEASE_TOKEN"))
        .asInstanceOf(type(Verdict.Refused.class))
        .satisfies(
            refused ->
                assertThat(refused.reason())
                    .isEqualTo(
                        "grant release: environment is not in the token, wanted"
                            + " [staging, production]"));
  }

  private static Verdict decide(Map<String, Object> claims, String name) throws Exception {
    return SamplePolicy.policy().decide(SamplePolicy.read(claims), name);
  }
}
