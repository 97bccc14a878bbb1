package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.sarif.Extraction;
import io.github.cachemesh.core.sarif.SarifRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds a scan to what was assumed of it. Only a scan that ended well, of an unchanged checkout, by
 * the tools and the configuration of its key, is stored.
 */
record StoringRules(ScanOutcome outcome) {
  private static final Set<String> EVENTS =
      Set.of("push", "pull_request", "merge_group", "schedule", "workflow_dispatch");

  private static final String CLI_VERSION_INFO = "CODEQL_ACTION_CLI_VERSION_INFO";
  private static final String ANALYSIS_KEY = "CODEQL_ACTION_ANALYSIS_KEY";

  StoringDecision judge() {
    Optional<Refusal> refusal = job().or(this::checkout).or(this::saved);
    if (refusal.isPresent()) {
      return new StoringDecision.Refuse(refusal.get());
    }
    Optional<Refusal> other = configuration(outcome.config().orElseThrow());
    if (other.isPresent()) {
      return new StoringDecision.Revoke(other.get());
    }
    boolean partial = isPartial(outcome.config().orElseThrow());
    return sarif()
        .or(() -> partial ? ofNoPullRequest() : Optional.empty())
        .<StoringDecision>map(StoringDecision.Refuse::new)
        .orElseGet(
            () -> new StoringDecision.Store(partial ? outcome.pullRequest() : Optional.empty()));
  }

  private static Optional<Refusal> no(Reason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }

  private Optional<Refusal> job() {
    if (outcome.skipped()) {
      return no(Reason.NOT_STORED, "the scan was skipped, so that its SARIF is the stored one");
    }
    if (outcome.fork()) {
      return no(Reason.FORK, "results of forks and of Dependabot are never stored");
    }
    if (!EVENTS.contains(outcome.event())) {
      return no(
          Reason.EVENT,
          "a run of the event " + outcome.event() + " may scan other code than that of its ref");
    }
    if (!outcome.completed()) {
      return no(Reason.SCAN_FAILED, "the analyze step did not complete successfully");
    }
    return Optional.empty();
  }

  private Optional<Refusal> checkout() {
    if (outcome.unfit().isPresent()) {
      return outcome.unfit();
    }
    if (!outcome.checkoutDigest().equals(outcome.site().checkoutDigest())) {
      return no(Reason.DIRTY_TREE, "the checkout is not the one from before the scan");
    }
    boolean traced =
        Pins.elements(outcome.settings().languages())
            .flatMap(name -> Language.of(name).stream())
            .anyMatch(l -> l.sight(outcome.settings().buildMode()) == Language.Sight.BUILD);
    return Variables.changed(outcome.site().environment(), outcome.environment(), traced)
        .map(
            name ->
                new Refusal(
                    Reason.ENVIRONMENT_CHANGED, "a step after ours changed the variable " + name));
  }

  private Optional<Refusal> saved() {
    if (outcome.config().isEmpty()) {
      return no(Reason.SCAN_FAILED, "init's saved configuration cannot be read");
    }
    if (outcome.config().get().debugMode()) {
      return no(Reason.DEBUG_RERUN, "the scan ran in debug mode");
    }
    return Optional.empty();
  }

  /** What init did, held to what main assumed that it would do. */
  private Optional<Refusal> configuration(SavedConfig saved) {
    if (!saved.server().equals("GitHub.com")) {
      return no(Reason.UNSUPPORTED_SERVER, "init spoke to another server than github.com");
    }
    if (!CanonicalJson.of(saved.analysisKinds()).equals(assumed(Component.ANALYSIS_KINDS))) {
      return no(Reason.SETTINGS_CHANGED, "init looked for other kinds of analysis");
    }
    if (!CanonicalJson.of(saved.languages()).equals(assumed(Component.LANGUAGES))) {
      return no(Reason.SETTINGS_CHANGED, "init scanned other languages than assumed");
    }
    if (!CanonicalJson.of(saved.buildMode()).equals(assumed(Component.BUILD_MODE))) {
      return no(Reason.SETTINGS_CHANGED, "init used another build mode than assumed");
    }
    if (!saved.properties().equals(known(outcome.site().properties().orElse(Map.of())))) {
      return no(Reason.PROPERTIES_CHANGED, "init saw other properties of the repository");
    }
    Optional<String> expected = ExpectedConfig.of(outcome.settings(), outcome.site());
    if (!Optional.of(saved.computedConfig()).equals(expected)) {
      return no(Reason.CONFIG_CHANGED, "init used another configuration than assumed");
    }
    if (!cliVersion().equals(Optional.of(outcome.settings().toolsVersion()))) {
      return no(Reason.TOOLS_CHANGED, "init used another CLI than codeql-version names");
    }
    String analysisKey = outcome.environment().getOrDefault(ANALYSIS_KEY, "");
    if (!analysisKey.isEmpty() && !analysisKey.equals(outcome.site().analysisKey())) {
      return no(Reason.WORKFLOW_CHANGED, "the upload has another analysis key than assumed");
    }
    return Optional.empty();
  }

  private String assumed(Component component) {
    return outcome.assumed().key().value(component);
  }

  /** Init keeps those properties that it knows, and knows truth from text. */
  private static SortedMap<String, String> known(Map<String, String> properties) {
    SortedMap<String, String> known = new TreeMap<>();
    properties.forEach(
        (name, value) -> {
          switch (name) {
            case ExpectedConfig.EXTRA_QUERIES -> known.put(name, value);
            case "github-codeql-disable-overlay", "github-codeql-file-coverage-on-prs" ->
                known.put(name, Boolean.toString(value.equals("true")));
            default -> {}
          }
        });
    return known;
  }

  private Optional<String> cliVersion() {
    try {
      return JsonMapper.shared()
          .readTree(outcome.environment().getOrDefault(CLI_VERSION_INFO, "null"))
          .path("version")
          .path("version")
          .asStringOpt();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private Optional<Refusal> sarif() {
    if (outcome.sarif().isEmpty()) {
      return no(Reason.INVALID_SARIF, "no valid SARIF of the scan was found");
    }
    List<SarifRun> runs = outcome.sarif().get().runs();
    return Verification.form(runs, category(), outcome.settings().toolsVersion())
        .or(() -> packs(runs))
        .or(() -> outcome.limitExceeded().map(limit -> new Refusal(Reason.LIMITS, limit)))
        .or(() -> Verification.fingerprints(outcome.mismatches()))
        .or(() -> extraction(runs));
  }

  private String category() {
    return Matrix.category(
        outcome.settings().category(), outcome.site().analysisKey(), outcome.site().matrix());
  }

  /** Each pack that the workflow names must have taken part in its version. */
  private Optional<Refusal> packs(List<SarifRun> runs) {
    SortedSet<String> found =
        runs.stream()
            .flatMap(run -> run.packs().stream())
            .map(pack -> pack.name() + "@" + release(pack.version().orElse("")))
            .collect(Collectors.toCollection(TreeSet::new));
    return Pins.elements(outcome.settings().packs())
        .map(pack -> pack.split(":", 2)[0])
        .filter(pack -> !found.contains(pack))
        .findFirst()
        .map(
            pack -> new Refusal(Reason.PACKS_CHANGED, "the pack " + pack + " is not in the SARIF"));
  }

  /** Without CodeQL's build, which follows a plus sign. */
  private static String release(String version) {
    int plus = version.indexOf('+');
    return plus < 0 ? version : version.substring(0, plus);
  }

  /** What a build did not compile, or the network did not have, CodeQL did not see. */
  private Optional<Refusal> extraction(List<SarifRun> runs) {
    boolean sources =
        Pins.elements(outcome.settings().languages())
            .flatMap(name -> Language.of(name).stream())
            .allMatch(l -> l.sight(outcome.settings().buildMode()) == Language.Sight.SOURCES);
    if (sources) {
      return Optional.empty();
    }
    Optional<Extraction> extraction = runs.getFirst().extraction().filter(e -> e.expected() > 0);
    if (extraction.isEmpty()) {
      return no(Reason.TRACED_BUILD, "the SARIF does not tell how many files were extracted");
    }
    return extraction.get().ratio() < outcome.bestExtraction().map(Extraction::ratio).orElse(0.0)
        ? no(Reason.TRACED_BUILD, "a smaller part of the files was extracted than once before")
        : Optional.empty();
  }

  private boolean isPartial(SavedConfig saved) {
    return outcome.diffRanges()
        || saved.excludesQueries()
        || saved.overlayDatabaseMode().equals("overlay")
        || outcome.sarif().stream()
            .flatMap(scan -> scan.runs().stream())
            .anyMatch(run -> run.incrementalMode().isPresent());
  }

  private Optional<Refusal> ofNoPullRequest() {
    return outcome.pullRequest().isEmpty()
        ? no(Reason.PARTIAL, "the results are those of a change, but of no pull request")
        : Optional.empty();
  }
}
