package io.github.cachemesh.core.codeql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A language that CodeQL's bundle can scan, by its own name. */
public enum Language {
  ACTIONS(true),
  CPP(false),
  CSHARP(false),
  GO(false),
  JAVA(false),
  JAVASCRIPT(true),
  PYTHON(true),
  RUBY(true),
  RUST(false),
  SWIFT(false);

  private static final Map<String, Language> ALIASES =
      Map.of(
          "c", CPP,
          "c-c++", CPP,
          "c-cpp", CPP,
          "c#", CSHARP,
          "c++", CPP,
          "java-kotlin", JAVA,
          "javascript-typescript", JAVASCRIPT,
          "kotlin", JAVA,
          "typescript", JAVASCRIPT);

  private final boolean interpreted;

  Language(boolean interpreted) {
    this.interpreted = interpreted;
  }

  /** The language of a name or an alias, whatever its case. */
  static Optional<Language> of(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    for (Language language : values()) {
      if (language.word().equals(lower)) {
        return Optional.of(language);
      }
    }
    return Optional.ofNullable(ALIASES.get(lower));
  }

  /** CodeQL's own name, such as {@code cpp}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * How its sources reach CodeQL. Everything compiled resolves dependencies at least, which no tree
   * holds: Java, C# and Rust from their registries, C and C++ from the system's packages.
   *
   * @param buildMode as the workflow gives it; empty for none given
   */
  Sight sight(String buildMode) {
    if (interpreted) {
      return buildMode.isEmpty() || buildMode.equals("none") ? Sight.SOURCES : Sight.BUILD;
    }
    boolean none = buildMode.equals("none") && this != GO && this != SWIFT;
    return none ? Sight.SOURCES_AND_DEPENDENCIES : Sight.BUILD;
  }

  /** What a scan sees. */
  enum Sight {
    /** The files of the tree. */
    SOURCES,
    /** The files of the tree, and what they depend on as the network has it now. */
    SOURCES_AND_DEPENDENCIES,
    /** The files that a build compiled. */
    BUILD
  }
}
