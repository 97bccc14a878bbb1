package io.github.cachemesh.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = Files.writeString(folder.resolve("policy.yml"), SamplePolicy.YAML);
  }

  @Test
  void anotherPolicyReplacesTheOneBefore() throws Exception {
    PolicyFile policy = PolicyFile.open(file);
    Files.writeString(file, SamplePolicy.YAML.replace("id: deploy", "id: other"));

    assertThat(policy.reload()).isEqualTo(new Reload.Replaced());
    assertThat(policy.current().grants().getFirst().id()).isEqualTo("other");
  }

  @Test
  void wrongPolicyLeavesTheOneBeforeAndSaysSoOnce() throws Exception {
    PolicyFile policy = PolicyFile.open(file);
    Policy before = policy.current();
    Files.writeString(file, SamplePolicy.YAML.replace("environment", "enviroment"));

    assertThat(policy.reload())
        .asInstanceOf(type(Reload.Refused.class))
        .satisfies(
            refused -> assertThat(refused.problem()).contains(file.toString(), "enviroment"));
    assertThat(policy.reload()).isEqualTo(new Reload.Unchanged());
    assertThat(policy.current()).isSameAs(before);
    assertThat(policy.problem()).isPresent();
  }

  @Test
  void rightPolicyAfterAWrongOneCountsAgain() throws Exception {
    PolicyFile policy = PolicyFile.open(file);
    Files.writeString(file, "version: 9");
    policy.reload();
    Files.writeString(file, SamplePolicy.YAML);

    assertThat(policy.reload()).isEqualTo(new Reload.Replaced());
    assertThat(policy.problem()).isEmpty();
  }

  @Test
  void policyThatIsGoneLeavesTheOneBefore() throws Exception {
    PolicyFile policy = PolicyFile.open(file);
    Files.delete(file);

    assertThat(policy.reload()).isInstanceOf(Reload.Refused.class);
    assertThat(policy.reload()).isEqualTo(new Reload.Unchanged());
    assertThat(policy.current().grants()).hasSize(2);
  }

  @Test
  void fileThatIsTheSameChangesNothing() throws Exception {
    assertThat(PolicyFile.open(file).reload()).isEqualTo(new Reload.Unchanged());
  }

  @Test
  void wrongPolicyIsNotOpened() throws Exception {
    Files.writeString(file, "grants: []");

    assertThatExceptionOfType(InvalidPolicyException.class)
        .isThrownBy(() -> PolicyFile.open(file))
        .withMessageContaining(file.toString());
  }

  @Test
  void missingPolicyIsNotOpened() {
    assertThatIOException().isThrownBy(() -> PolicyFile.open(folder.resolve("none")));
  }

  @Test
  void hugePolicyIsNotOpened() throws Exception {
    Files.writeString(file, "#".repeat(Followed.MAX_BYTES + 1));

    assertThatIOException()
        .isThrownBy(() -> PolicyFile.open(file))
        .withMessageContaining("more than 1048576 bytes");
  }
}
