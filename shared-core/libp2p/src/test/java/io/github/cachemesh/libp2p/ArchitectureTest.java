package io.github.cachemesh.libp2p;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the packages, as docs/libp2p.md draws them. */
class ArchitectureTest {
  private static final String ROOT = "io.github.cachemesh.libp2p";

  /** From the top; each imports only those below it, and those of one line not each other. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of(""),
          List.of(".protocol", ".protocol.identify", ".protocol.ping", ".protocol.perf"),
          List.of(".host"),
          List.of(".dns", ".transport.tcp", ".transport.memory", ".transport.quic"),
          List.of(".security.noise", ".security.tls", ".muxer.yamux"),
          List.of(".transport"),
          List.of(".negotiation"),
          List.of(".core"),
          List.of(".identity"),
          List.of(".multiformats", ".protobuf"));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  static Stream<String> packages() {
    return LAYERS.stream().flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void packageImportsOnlyThoseBelow(String name) {
    List<String> allowed = new ArrayList<>();
    allowed.add(ROOT + name);
    boolean below = false;
    for (List<String> layer : LAYERS) {
      if (below) {
        layer.forEach(lower -> allowed.add(ROOT + lower));
      }
      below |= layer.contains(name);
    }
    noClasses()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("io.github.cachemesh..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(allowed.toArray(String[]::new))))
        .check(MAIN);
  }

  @Test
  void everyPackageHasItsPlace() {
    assertThat(MAIN.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(packages().map(name -> ROOT + name).toList());
  }

  @Test
  void nothingSleeps() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(MAIN);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(org.jspecify.annotations.NullMarked.class)
        .check(MAIN);
  }
}
