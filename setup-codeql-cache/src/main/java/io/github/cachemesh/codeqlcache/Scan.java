package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.core.codeql.ConfigFile;
import io.github.cachemesh.core.codeql.Runner;
import io.github.cachemesh.core.codeql.ScanSettings;
import io.github.cachemesh.core.codeql.ScanSite;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The scan that a job's inputs and workflow describe, in the words of its key. */
record Scan(ScanSettings settings, ScanSite site) {
  /** What decides the scan and is found out at one moment. */
  record Moment(
      String checkoutDigest,
      Optional<String> projectedDigest,
      Optional<ConfigFile> configFile,
      Map<String, String> environment,
      Optional<Map<String, String>> properties) {
    /** Without the environment, which may hold secrets. */
    @Override
    public String toString() {
      return "Moment[" + checkoutDigest + "]";
    }
  }

  static Scan of(
      ScanRequest request, Surroundings surroundings, Declaration.Made made, Moment moment) {
    ScanSettings settings =
        new ScanSettings(
            request.scan("languages"),
            request.scan("build-mode"),
            request.scan("queries"),
            request.scan("packs"),
            request.scan("config-file"),
            request.scan("config"),
            request.scan("source-root"),
            request.scan("category"),
            made.scan().toolsVersion(),
            request.tracedBuilds(),
            Set.copyOf(request.ignoreChanges()));
    ScanSite site =
        new ScanSite(
            surroundings.repositoryId(),
            moment.checkoutDigest(),
            moment.projectedDigest(),
            moment.configFile(),
            made.scan().actionSha(),
            made.scan().analysisKey(),
            request.matrix(),
            Runner.of(moment.environment()),
            moment.environment(),
            moment.properties(),
            Sha256.hex(made.workflow()),
            Sha256.hex(made.scan().recipe().text().getBytes(StandardCharsets.UTF_8)));
    return new Scan(settings, site);
  }
}
