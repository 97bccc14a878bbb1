package io.github.cachemesh.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.core.service.Export;
import io.github.cachemesh.testkit.runner.Condition;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Flavour;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.SecretLeakException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values of every awkward shape go through a job with debug logging, whose later steps print them.
 * The runner masks what the action told it to and nothing else; whatever still holds one of the
 * random markers that the values are made of is a leak, save the one destination of each value.
 */
class LeakTest {
  private static final String PRINT =
      """
      for name in $NAMES; do
        eval "value=\\$$name"
        [ ! -f "$value" ] || value=$(cat "$value")
        printf '%s\\n' "$value"
        printf '%s' "$value" | base64
        printf '%s\\n' "$value" | base64 -w0
        printf 'x%s' "$value" | base64 -w0
        printf '\\n::notice::%s\\n' "$(printf '%s' "$value" | head -n 1)"
      done
      """;

  private static final String FIND =
      """
      find "$RUNNER_TEMP" "$GITHUB_WORKSPACE" "$HOME" -type f -exec grep -lFf "$MARKERS" {} + || true
      env | grep -cFf "$MARKERS" || true
      """;

  @TempDir Path temp;
  private final Shapes shapes = new Shapes();
  private final Bench bench = new Bench();
  private EmulatedRunner runner;

  @BeforeEach
  void install() {
    runner = EmulatedRunner.in(temp.resolve("runner")).debug(true);
  }

  static Stream<Arguments> flavoursAndExports() {
    return Stream.of(Flavour.values())
        .flatMap(
            flavour -> Stream.of(Export.values()).map(export -> Arguments.of(flavour, export)));
  }

  @ParameterizedTest
  @MethodSource("flavoursAndExports")
  void noMarkerIsAnywhereButInItsDestination(Flavour flavour, Export export) throws Exception {
    shapes.values().forEach((name, value) -> bench.has(name, value.getBytes(UTF_8), export, null));
    bench.with("credential-names", String.join(",", shapes.values().keySet()));

    JobResult result = runner.flavour(flavour).run(job(export));

    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(result.step("inject").outputs()).containsEntry("status", "success");
    assertThat(result.step("print").log()).contains("***").hasSizeGreaterThan(100);
    if (export == Export.FILE) {
      assertThat(result.step("find").log().lines().toList())
          .hasSize(shapes.values().size() + 1)
          .endsWith("0");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void originalsFormLeaksNothing(Flavour flavour) throws Exception {
    bench.with("credentials", shapes.json());

    JobResult result = runner.flavour(flavour).run(job(Export.ENV));

    assertThat(result.succeeded()).as(result.log()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void valueOf64KibibytesLeaksNothing(Flavour flavour) throws Exception {
    shapes.only("LARGE", shapes.large(64 * 1024));
    bench.with("credentials", shapes.json());

    JobResult result = runner.flavour(flavour).run(job(Export.ENV));

    assertThat(result.succeeded()).as(result.log()).isTrue();
  }

  @Test
  void whatFailsTheStepLeaksNothing() throws Exception {
    shapes.values().forEach(bench::has);
    bench.has("GITHUB_BAD", shapes.values().get("PEM"));
    bench.with("credential-names", String.join(",", shapes.values().keySet()) + ",GITHUB_BAD");

    JobResult result = runner.run(job(Export.ENV));

    assertThat(result.step("inject").outputs()).containsEntry("status", "error");
    assertThat(result.env()).isEmpty();
  }

  static Stream<Arguments> leakyBuilds() {
    return Stream.of(
        leak("masks nothing", Fault.masksOnly(_ -> false)),
        leak("masks one line of several", Fault.masksOnly(mask -> mask.startsWith("-----"))),
        leak("masks no base64", Fault.masksOnly(mask -> !mask.matches("[A-Za-z0-9+/]{60,}"))),
        leak("tells the log", Fault.also(c -> c.commands().info(value(c)))),
        leak("tells the log under debug", Fault.also(c -> c.commands().debug(value(c)))),
        leak("tells the summary", Fault.also(c -> c.summary().paragraph(value(c)).write())),
        leak("tells the state", Fault.also(c -> c.state().save("value", value(c)))),
        leak("tells another output", Fault.also(c -> c.outputs().set("more", value(c)))),
        leak("tells another variable", Fault.also(c -> c.jobEnvironment().export("M", value(c)))),
        leak("leaves a file", Fault.also(LeakTest::leaveFile)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("leakyBuilds")
  void buildThatLeaksIsFound(String what, Fault fault) throws Exception {
    bench.fault(fault).with("credentials", shapes.json());
    Job job = job(Export.ENV);

    assertThatExceptionOfType(SecretLeakException.class).as(what).isThrownBy(() -> runner.run(job));
  }

  @Test
  void buildThatShowsActItsColonsIsFound() throws Exception {
    String colons = shapes.values().get("COLONS");
    shapes.only("COLONS", colons);
    bench.with("credentials", shapes.json()).fault(Fault.says("::add-mask::" + colons));
    Job job = job(Export.ENV);

    assertThatExceptionOfType(SecretLeakException.class)
        .isThrownBy(() -> runner.flavour(Flavour.ACT).run(job));
  }

  private static Arguments leak(String what, Fault fault) {
    return Arguments.of(what, fault);
  }

  private static String value(ActionContext context) {
    JsonNode given = JsonMapper.shared().readTree(context.inputs().required("credentials"));
    return given.get(1).path("value").asString();
  }

  private static void leaveFile(ActionContext context) {
    try {
      Files.writeString(context.environment().temp().resolve("left"), value(context));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Injects, prints what it got in several forms, and looks for files that hold some of it. */
  private Job job(Export export) throws IOException {
    Path markers = Files.write(temp.resolve("markers"), shapes.markers());
    String names = String.join(" ", shapes.values().keySet());
    Map<String, String> env = new HashMap<>(Map.of("NAMES", names));
    Job job = bench.job().searchForSecrets(runner.folders().root());
    shapes.traces().forEach(job::marker);
    for (String name : shapes.values().keySet()) {
      if (export == Export.OUTPUT) {
        env.put(name, "${{ steps.inject.outputs." + name + " }}");
        job.allowSecretsIn("output '" + name + "' of step 'inject'");
      } else if (export == Export.ENV) {
        job.allowSecretsIn("variable '" + name + "' of step 'inject'");
      }
    }
    return job.run("print", Condition.ALWAYS, env, "sh", "-c", PRINT)
        .run("find", Condition.ALWAYS, Map.of("MARKERS", markers.toString()), "sh", "-c", FIND);
  }
}
