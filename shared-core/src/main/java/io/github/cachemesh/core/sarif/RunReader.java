package io.github.cachemesh.core.sarif;

import io.github.cachemesh.core.sarif.InvalidSarifException.Fault;
import io.github.cachemesh.core.sarif.ResultReader.Unresolved;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one {@code run}; its members may come in any order. */
final class RunReader {
  private final JsonCursor json;
  private final Kept kept;
  private final SarifBounds bounds;
  private final SizesSoFar sizes = new SizesSoFar();
  private final ToolReader tool;
  private final InvocationsReader invocations;
  private final List<Unresolved> unresolved = new ArrayList<>();
  private final List<String> artifacts = new ArrayList<>();
  private boolean hasResults;
  private @Nullable String category;
  private @Nullable String incrementalMode;
  private @Nullable String configSummary;

  private RunReader(JsonCursor json, Kept kept, SarifBounds bounds) {
    this.json = json;
    this.kept = kept;
    this.bounds = bounds;
    tool = new ToolReader(json, kept, sizes);
    invocations = new InvocationsReader(json, kept);
  }

  static SarifRun read(JsonCursor json, Kept kept, SarifBounds bounds) throws IOException {
    kept.charge(Kept.RUN_BYTES);
    RunReader reader = new RunReader(json, kept, bounds);
    json.object(reader::member);
    return reader.run();
  }

  private SarifRun run() throws IOException {
    Pack driver = tool.driver().orElseThrow(() -> lacking("a run has no tool.driver"));
    List<SarifResult> results = new ArrayList<>(unresolved.size());
    Set<String> paths = new HashSet<>(artifacts);
    for (Unresolved result : unresolved) {
      SarifResult resolved = resolve(result);
      results.add(resolved);
      paths.add(resolved.path());
    }
    paths.remove("");
    return new SarifRun(
        driver.name(),
        driver.version(),
        Optional.ofNullable(category),
        invocations.succeeded(),
        Optional.ofNullable(incrementalMode),
        Optional.ofNullable(configSummary),
        tool.packs(),
        hasResults,
        results,
        invocations.extraction(artifacts),
        paths,
        sizes.total());
  }

  private SarifResult resolve(Unresolved result) throws IOException {
    SarifRule rule =
        tool.rules()
            .find(result.rule())
            .orElseThrow(() -> lacking("a result names no rule of its run"));
    return new SarifResult(
        rule,
        result.level() == null ? rule.level() : result.level(),
        result.place().path(artifacts),
        result.place().startLine(),
        result.fingerprint(),
        result.locations());
  }

  private static InvalidSarifException lacking(String what) {
    return new InvalidSarifException(Fault.NOT_SARIF, what);
  }

  private boolean member(String name) throws IOException {
    switch (name) {
      case "tool" -> tool.read();
      case "invocations" -> invocations.read();
      case "artifacts" -> json.array(this::artifact);
      case "results" -> hasResults = json.array(this::result);
      case "automationDetails" -> json.object(this::ofAutomationDetails);
      case "properties" -> json.object(this::property);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void result() throws IOException {
    if (unresolved.size() == bounds.maxResults()) {
      throw json.fault(Fault.TOO_LARGE);
    }
    unresolved.add(ResultReader.read(json, kept, sizes));
  }

  private void artifact() throws IOException {
    kept.charge(Kept.RECORD_BYTES);
    artifacts.add(Place.ofArtifact(json, kept).path(List.of()));
  }

  private boolean ofAutomationDetails(String name) throws IOException {
    if (!name.equals("id")) {
      return false;
    }
    category = kept(json.text());
    return true;
  }

  private boolean property(String name) throws IOException {
    switch (name) {
      case "incrementalMode" -> incrementalMode = kept(json.text());
      case "codeqlConfigSummary" -> configSummary = kept(json.compact(bounds.maxText()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private @Nullable String kept(@Nullable String text) throws IOException {
    return text == null ? null : kept.string(text);
  }
}
