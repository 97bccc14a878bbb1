package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.workflow.CodeqlEnvironment;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the key of a scan from its settings and its site, unless something in them may move. */
record ScanKeyBuilder(ScanSettings settings, ScanSite site) {
  /** What init makes of no {@code analysis-kinds}; with others no key is built. */
  private static final List<String> ANALYSIS_KINDS = List.of("code-scanning");

  Cacheability build() {
    SortedSet<Language> languages = new TreeSet<>();
    Optional<Refusal> refusal =
        languages(languages)
            .or(() -> sight(languages))
            .or(this::versions)
            .or(this::environment)
            .or(this::ignored)
            .or(this::sources);
    return refusal
        .<Cacheability>map(Cacheability.NotCacheable::new)
        .orElseGet(() -> keys(languages));
  }

  private static Optional<Refusal> no(Reason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }

  private Optional<Refusal> languages(SortedSet<Language> found) {
    for (String name : Pins.elements(settings.languages()).toList()) {
      Optional<Language> language = Language.of(name);
      if (language.isEmpty()) {
        return no(Reason.LANGUAGE, "languages names " + name + ", which is not known");
      }
      found.add(language.get());
    }
    return found.isEmpty()
        ? no(Reason.LANGUAGE, "languages is empty, so that CodeQL would find out by itself")
        : Optional.empty();
  }

  private Optional<Refusal> sight(SortedSet<Language> languages) {
    if (site.runner().os().isEmpty() || site.runner().arch().isEmpty()) {
      return no(Reason.UNSUPPORTED_ENVIRONMENT, "RUNNER_OS or RUNNER_ARCH is not set");
    }
    for (Language language : languages) {
      Language.Sight sight = language.sight(settings.buildMode());
      if (sight == Language.Sight.SOURCES) {
        continue;
      }
      if (!settings.tracedBuilds()) {
        return no(
            Reason.TRACED_BUILD,
            sight == Language.Sight.BUILD
                ? language.word() + " is scanned by watching a build; see traced-builds"
                : language.word() + " takes dependencies from the network; see traced-builds");
      }
      if (site.runner().imageVersion().isEmpty()) {
        return no(
            Reason.UNSUPPORTED_ENVIRONMENT,
            "ImageVersion is not set, and a build depends on what the machine has");
      }
      if (site.buildRecipeSha256().isEmpty()) {
        return no(Reason.TRACED_BUILD, "the steps of the build are not known");
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> versions() {
    if (!Pins.isRelease(settings.toolsVersion())) {
      return no(Reason.UNPINNED, "codeql-version is not a release such as 2.25.6");
    }
    if (!Pins.isCommit(site.actionSha())) {
      return no(Reason.UNPINNED, "the CodeQL action is not pinned by its full commit");
    }
    return Optional.empty();
  }

  private Optional<Refusal> environment() {
    return switch (CodeqlEnvironment.of(site.environment())) {
      case CodeqlEnvironment.Known _ -> Optional.empty();
      case CodeqlEnvironment.Unfit(String variable, String why) ->
          no(Reason.UNDECLARED, "the variable %s is set: %s".formatted(variable, why));
    };
  }

  private SortedMap<String, String> variables(boolean builds) {
    SortedMap<String, String> variables =
        builds ? Variables.ofBuilds(site.environment()) : new TreeMap<>();
    if (CodeqlEnvironment.of(site.environment()) instanceof CodeqlEnvironment.Known known) {
      variables.putAll(known.deciding());
    }
    return variables;
  }

  private Optional<Refusal> ignored() {
    return IgnorableFiles.refused(settings.ignoreChanges())
        .map(
            pattern ->
                new Refusal(
                    Reason.INVALID_INPUT,
                    "ignore-changes may drop documents and images, such as *.md, and not "
                        + pattern));
  }

  private Optional<Refusal> sources() {
    if (site.properties().isEmpty()) {
      return no(
          Reason.AUTHORITY_UNREACHABLE,
          "GitHub did not say which queries the repository's properties add");
    }
    return Pins.movingQuery(settings.queries())
        .or(() -> Pins.movingQuery(extraQueries()))
        .map(query -> "the query " + query + " is not pinned by a full commit")
        .or(
            () ->
                Pins.movingPack(settings.packs())
                    .map(pack -> "the pack " + pack + " is not pinned by a full version"))
        .or(this::configuration)
        .map(detail -> new Refusal(Reason.UNPINNED, detail));
  }

  private String extraQueries() {
    return site.properties().orElse(Map.of()).getOrDefault(ExpectedConfig.EXTRA_QUERIES, "");
  }

  private Optional<String> configuration() {
    if (settings.config().isEmpty()) {
      if (settings.configFile().isEmpty()) {
        return Optional.empty();
      }
      if (!Pins.isPinnedFile(settings.configFile())) {
        return Optional.of("config-file is neither in the checkout nor at a full commit");
      }
      if (site.configFile().isEmpty()) {
        return Optional.of("config-file cannot be read");
      }
    }
    return ExpectedConfig.userConfig(settings, site)
        .map(UserConfig::moving)
        .orElseGet(() -> Optional.of("the configuration is no YAML that can be understood"));
  }

  private Cacheability keys(SortedSet<Language> languages) {
    Map<Component, Object> values = new EnumMap<>(Component.class);
    boolean builds =
        languages.stream().anyMatch(l -> l.sight(settings.buildMode()) != Language.Sight.SOURCES);
    values.put(Component.REPOSITORY, site.repositoryId());
    values.put(
        Component.CATEGORY,
        Matrix.category(settings.category(), site.analysisKey(), site.matrix()));
    values.put(Component.LANGUAGES, languages.stream().map(Language::word).toList());
    values.put(Component.BUILD_MODE, settings.buildMode());
    values.put(Component.SOURCE_ROOT, settings.sourceRoot());
    values.put(Component.ANALYSIS_KINDS, ANALYSIS_KINDS);
    values.put(Component.QUERIES, settings.queries());
    values.put(Component.PACKS, settings.packs());
    values.put(Component.CONFIG, settings.config());
    values.put(
        Component.CONFIG_FILE,
        List.of(settings.configFile(), site.configFile().map(ConfigFile::sha256).orElse("")));
    values.put(Component.TOOLS, settings.toolsVersion());
    values.put(Component.ACTION, site.actionSha());
    values.put(Component.PROPERTIES, site.properties().orElseThrow());
    values.put(Component.VARIABLES, variables(builds));
    Runner runner = site.runner();
    values.put(
        Component.RUNNER,
        List.of(runner.os(), runner.arch(), runner.imageOs(), runner.imageVersion()));
    values.put(Component.MATRIX, Matrix.canonical(site.matrix()));
    values.put(Component.ANALYSIS_KEY, site.analysisKey());
    values.put(Component.BUILD_RECIPE, site.buildRecipeSha256());
    values.put(Component.WORKFLOW, site.workflowSha256());
    values.put(Component.TREE, site.checkoutDigest());
    ScanKey key = ScanKey.of(values);
    return new Cacheability.Cacheable(key, projected(key, languages));
  }

  /** Only where the scan reads nothing but files of the tree can it be blind for some of them. */
  private Optional<ScanKey> projected(ScanKey key, SortedSet<Language> languages) {
    boolean possible =
        !settings.ignoreChanges().isEmpty()
            && languages.stream()
                .allMatch(l -> l.sight(settings.buildMode()) != Language.Sight.BUILD);
    return site.projectedDigest()
        .filter(_ -> possible)
        .map(
            digest ->
                key.with(
                    Component.TREE,
                    Map.of("without", List.copyOf(settings.ignoreChanges()), "digest", digest)));
  }
}
