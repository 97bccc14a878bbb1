package io.github.cachemesh.core;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The architecture page's rules for the packages below {@code root}. A package that does not exist
 * yet keeps them all.
 *
 * @param libp2p root of the peer-to-peer stack
 */
record ArchitectureRules(String root, String libp2p) {

  /** From the top; each imports only those below it, and those of one line not each other. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("cli"),
          List.of("node", "service"),
          List.of("proxy"),
          List.of("peer"),
          List.of("codeql", "credential"),
          List.of("cache"),
          List.of("http"),
          List.of("github"),
          List.of("oidc", "audit"),
          List.of("store", "git"),
          List.of("sarif"),
          List.of("config"),
          List.of("workflow"),
          List.of("stats", "envelope"));

  ArchRule packagesImportOnlyThoseBelow() {
    CompositeArchRule arrows = CompositeArchRule.of(everyClassHasItsPlace());
    List<String> above = new ArrayList<>();
    for (List<String> layer : LAYERS) {
      for (String lower : layer) {
        Stream<String> beside = layer.stream().filter(other -> !other.equals(lower));
        String[] forbidden =
            Stream.concat(above.stream(), beside).map(this::within).toArray(String[]::new);
        if (forbidden.length > 0) {
          arrows =
              arrows.and(
                  noClasses()
                      .that()
                      .resideInAPackage(within(lower))
                      .should()
                      .dependOnClassesThat()
                      .resideInAnyPackage(forbidden)
                      .allowEmptyShould(true));
        }
      }
      above.addAll(layer);
    }
    return arrows;
  }

  private ArchRule everyClassHasItsPlace() {
    String[] known = LAYERS.stream().flatMap(List::stream).map(this::within).toArray(String[]::new);
    return classes().should().resideInAnyPackage(known).allowEmptyShould(true);
  }

  ArchRule onlyPeerImportsLibp2p() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(within("peer"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(libp2p + "..")
        .allowEmptyShould(true);
  }

  ArchRule httpDoesNoInputOrOutput() {
    return noClasses()
        .that()
        .resideInAPackage(within("http"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..",
            "java.io..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.util.logging..",
            "okhttp3..",
            "okio..",
            "io.netty..")
        .orShould(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .allowEmptyShould(true);
  }

  ArchRule httpHasNoClock() {
    return noClasses()
        .that()
        .resideInAPackage(within("http"))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .callMethodWhere(target(name("now")).and(targetOwner(resideInAPackage("java.time.."))))
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .allowEmptyShould(true);
  }

  ArchRule nothingSleeps() {
    return noClasses()
        .should()
        .callMethodWhere(target(name("sleep")).and(targetOwner(type(Thread.class))))
        .orShould()
        .callMethodWhere(target(name("sleep")).and(targetOwner(type(TimeUnit.class))))
        .allowEmptyShould(true);
  }

  ArchRule everyPackageIsNullMarked() {
    return classes().should(resideInANullMarkedPackage()).allowEmptyShould(true);
  }

  private String within(String name) {
    return root + "." + name + "..";
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package whose package-info is @NullMarked") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                item, marked, item.getName() + (marked ? " is" : " is not") + " null-marked"));
      }
    };
  }
}
