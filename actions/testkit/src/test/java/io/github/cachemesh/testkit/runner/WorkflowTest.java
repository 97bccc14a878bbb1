package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowTest {
  @TempDir Path folder;

  @Test
  void whatMattersIsRead() throws Exception {
    Workflow workflow =
        read(
            """
            name: Check
            on:
              push:
            permissions:
              contents: read
              id-token: write
            concurrency: one
            jobs:
              build:
                name: Build it
                runs-on: ubuntu-latest
                if: always()
                environment:
                  name: production
                  url: https://example.com
                outputs:
                  size: ${{ steps.size.outputs.size }}
                steps:
                  - uses: actions/checkout@v5
                    with:
                      fetch-depth: 1
                  - name: Count
                    id: size
                    if: runner.os == 'Linux'
                    env:
                      LEVEL: 1.0
                    run: |
                      echo a
                      echo b
            """);

    assertThat(workflow)
        .isEqualTo(
            new Workflow(
                "Check",
                List.of(
                    new WorkflowJob(
                        "build",
                        Condition.ALWAYS,
                        List.of(),
                        "production",
                        true,
                        Map.of("size", "${{ steps.size.outputs.size }}"),
                        Map.of(),
                        List.of(),
                        List.of(
                            new WorkflowStep.Uses(
                                "__actions_checkout",
                                Condition.SUCCESS,
                                "actions/checkout@v5",
                                Map.of("fetch-depth", "1")),
                            new WorkflowStep.Run(
                                "size",
                                new Condition("runner.os == 'Linux'"),
                                "echo a\necho b\n",
                                Map.of("LEVEL", "1.0")))))));
  }

  @Test
  void stepsWithoutIdsGetThem() throws Exception {
    Workflow workflow =
        read(
            """
            jobs:
              a:
                steps:
                  - run: one
                  - uses: ./here
                  - run: two
                  - uses: o/r/p@v1
                  - run: three
            """);

    assertThat(workflow.jobs().getFirst().steps())
        .extracting(WorkflowStep::id)
        .containsExactly("__run", "__self", "__run_2", "__o_r_p", "__run_3");
  }

  @Test
  void aJobComesAfterThoseItNeeds() throws Exception {
    Workflow workflow = read(jobs("last: [first, middle]", "middle: first", "first: []"));

    assertThat(workflow.jobs())
        .extracting(WorkflowJob::id)
        .containsExactly("first", "middle", "last");
  }

  @ParameterizedTest
  @CsvSource({"a: b, b: a", "a: c, b: []"})
  void needsThatCannotBeMetAreRefused(String one, String other) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(jobs(one, other)))
        .withMessageContaining("'a'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          {jobs: {}, defaults: {}}                                         ~ 'defaults'
          {jobs: {a: {container: x, steps: []}}}                           ~ jobs.a the emulator does not know the key 'container'
          {jobs: {a: {steps: [{run: x, shell: sh}]}}}                      ~ jobs.a.steps[0] the emulator does not know the key 'shell'
          {jobs: {a: {steps: [{run: x}, {uses: y, env: {}}]}}}             ~ steps[1] the emulator does not know the key 'env'
          {jobs: {a: {steps: [{uses: y, continue-on-error: true}]}}}       ~ 'continue-on-error'
          {jobs: {a: {steps: [{name: x}]}}}                                ~ jobs.a.steps[0].run must be a text
          {jobs: {a: {steps: [{run: x, env: [y]}]}}}                       ~ steps[0].env must be a mapping
          {jobs: {a: {steps: {run: x}}}}                                   ~ jobs.a.steps must be a list
          {jobs: {a: {needs: [[b]], steps: []}}}                           ~ jobs.a.needs must be a text
          {name: x}                                                        ~ jobs must be a mapping
          [jobs]                                                           ~ workflow.yml: must be a mapping
          {jobs: {}, jobs: {}}                                             ~ no valid YAML
          """)
  void whatIsNotKnownIsNamed(String yaml, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(yaml))
        .withMessageContaining("workflow.yml")
        .withMessageContaining(problem);
  }

  private static String jobs(String... needsById) {
    StringBuilder yaml = new StringBuilder("jobs:\n");
    for (String job : needsById) {
      String[] parts = job.split(": ", 2);
      yaml.append("  ").append(parts[0]).append(":\n    steps: []\n    needs: ");
      yaml.append(parts[1]).append('\n');
    }
    return yaml.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "'id-token: write', '', true",
    "'id-token: write', 'permissions: { contents: read }', false",
    "'id-token: read', 'permissions: write-all', true",
    "'id-token: write', 'permissions: read-all', false",
    "'contents: write', 'environment: test', false"
  })
  void aJobsOwnPermissionsStandForTheWorkflows(String ofWorkflow, String ofJob, boolean expected)
      throws Exception {
    Workflow workflow =
        read(
            """
            permissions:
              %s
            jobs:
              a:
                name: A
                %s
                steps: []
            """
                .formatted(ofWorkflow, ofJob));
    assertThat(workflow.jobs().getFirst().idTokens()).isEqualTo(expected);
  }

  private Workflow read(String yaml) throws IOException {
    return Workflow.read(Files.writeString(folder.resolve("workflow.yml"), yaml));
  }
}
