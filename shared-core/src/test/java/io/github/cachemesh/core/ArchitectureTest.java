package io.github.cachemesh.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the main code to {@link ArchitectureRules}, and the rules to fixtures that break them. */
class ArchitectureTest {
  private static final String ROOT = "io.github.cachemesh.core";
  private static final String FIXTURE = ROOT + ".fixture";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);
  private static final ArchitectureRules RULES =
      new ArchitectureRules(ROOT, "io.github.cachemesh.libp2p");
  private static final ArchitectureRules FIXTURE_RULES =
      new ArchitectureRules(FIXTURE, FIXTURE + ".libp2p");

  private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(FIXTURE);

  static Stream<Arguments> rules() {
    return Stream.of(
        rule("arrows", ArchitectureRules::packagesImportOnlyThoseBelow),
        rule("libp2p", ArchitectureRules::onlyPeerImportsLibp2p),
        rule("purity", ArchitectureRules::httpDoesNoInputOrOutput),
        rule("clock", ArchitectureRules::httpHasNoClock),
        rule("sleep", ArchitectureRules::nothingSleeps),
        rule("null-marked", ArchitectureRules::everyPackageIsNullMarked));
  }

  private static Arguments rule(String name, Function<ArchitectureRules, ArchRule> rule) {
    return Arguments.of(name, rule);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void mainCodeKeepsTheRule(String name, Function<ArchitectureRules, ArchRule> rule) {
    rule.apply(RULES).check(MAIN);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void packagesThatDoNotExistYetKeepTheRule(
      String name, Function<ArchitectureRules, ArchRule> rule) {
    rule.apply(RULES).check(new ClassFileImporter().importClasses());
  }

  @Test
  void mainCodeIsThere() {
    assertThat(MAIN.contain(ROOT + ".http.CacheDecision")).isTrue();
    assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
  }

  static final Arguments[] breaches = {
    breach(ArchitectureRules::packagesImportOnlyThoseBelow, "http.ImportsUpwards", "cache.Above"),
    breach(
        ArchitectureRules::packagesImportOnlyThoseBelow, "codeql.ImportsSideways", "credential."),
    breach(ArchitectureRules::packagesImportOnlyThoseBelow, "helpers.HasNoPlace", "reside"),
    breach(ArchitectureRules::onlyPeerImportsLibp2p, "proxy.ImportsLibp2p", "libp2p."),
    breach(ArchitectureRules::httpDoesNoInputOrOutput, "http.ReadsFiles", "java.nio.file"),
    breach(ArchitectureRules::httpDoesNoInputOrOutput, "http.Prints", "System.out"),
    breach(ArchitectureRules::httpDoesNoInputOrOutput, "http.Logs", "java.util.logging"),
    breach(ArchitectureRules::httpHasNoClock, "http.AsksTheTime", "Instant.now"),
    breach(ArchitectureRules::httpHasNoClock, "http.MeasuresTime", "nanoTime"),
    breach(ArchitectureRules::nothingSleeps, "proxy.Sleeps", "Thread.sleep"),
    breach(ArchitectureRules::everyPackageIsNullMarked, "http.Prints", "null-marked")
  };

  private static Arguments breach(
      Function<ArchitectureRules, ArchRule> rule, String culprit, String crime) {
    return Arguments.of(rule, culprit, crime);
  }

  @ParameterizedTest(name = "{1}: {2}")
  @FieldSource("breaches")
  void breachIsFound(Function<ArchitectureRules, ArchRule> rule, String culprit, String crime) {
    assertThatThrownBy(() -> rule.apply(FIXTURE_RULES).check(BROKEN))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(FIXTURE + "." + culprit)
        .hasMessageContaining(crime);
  }

  @Test
  void whatIsAllowedIsNotFound() {
    assertThatThrownBy(() -> FIXTURE_RULES.packagesImportOnlyThoseBelow().check(BROKEN))
        .hasMessageNotContaining("node.ImportsDownwards");
    assertThatThrownBy(() -> FIXTURE_RULES.onlyPeerImportsLibp2p().check(BROKEN))
        .hasMessageNotContaining("peer.MayImportLibp2p");
  }
}
