package io.github.cachemesh.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstancyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "matrix.language",
        "matrix",
        "toJSON(matrix)",
        "github.ref",
        "GitHub.Event.pull_request.head.sha",
        "github['workspace']",
        "inputs.a || 'b'",
        "vars.A == null",
        "needs.x.outputs.y",
        "secrets.KEY",
        "runner.temp",
        "strategy.job-index",
        "format('{0}-{1}', matrix.a, runner.os)",
        "fromJSON(vars.MAP)[matrix.language]",
        "!startsWith(github.ref, 'refs/tags/')",
        "'text'",
        "1.5"
      })
  void hasOneValueInAJob(String text) throws ExpressionException {
    assertThat(Constancy.holdsInJob(ExpressionParser.parse(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env.A",
        "steps.a.outputs.b",
        "job.status",
        "github",
        "toJSON(github)",
        "github.action",
        "github.action_path",
        "github.action_ref",
        "github['action']",
        "github.env",
        "github.output",
        "github.path",
        "github.*",
        "github[vars.NAME]",
        "hashFiles('**')",
        "success()",
        "always()",
        "jobs.a.outputs.b",
        "matrix.a && env.B",
        "matrix[env.A]",
        "format('{0}', steps.a.outcome)",
        "!env.A",
        "somethingNew(matrix.a)",
        "somethingnew.a"
      })
  void mayChangeFromStepToStep(String text) throws ExpressionException {
    assertThat(Constancy.holdsInJob(ExpressionParser.parse(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "matrix.java",
        "runner.os",
        "github.token",
        "secrets.GITHUB_TOKEN",
        "format('{0}', matrix.a)",
        "fromJSON('[1]')[0]"
      })
  void keyHoldsIt(String text) throws ExpressionException {
    assertThat(Constancy.isKeyed(ExpressionParser.parse(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vars.A",
        "secrets.B",
        "inputs.c",
        "github.ref",
        "github.sha",
        "needs.x.outputs.y",
        "runner.name",
        "env.A",
        "hashFiles('x')",
        "matrix[vars.A]",
        "matrix.a == vars.A",
        "!vars.A"
      })
  void keyDoesNotHoldIt(String text) throws ExpressionException {
    assertThat(Constancy.isKeyed(ExpressionParser.parse(text))).isFalse();
  }
}
