package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.sarif.Extraction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evidence for a hit, which tests vary; it notes what was asked. */
final class FixedEvidence implements Evidence {
  final List<String> asked = new ArrayList<>();

  JobFacts job = job("push");
  Instant now = Samples.NOW;
  Optional<Refusal> undeclared = Optional.empty();
  Optional<Refusal> unfit = Optional.empty();
  Cacheability cacheability = Samples.cacheable();
  StoreLookup lookup = new StoreLookup.Found(Samples.stored(), false);
  Optional<Partial> pullRequest = Optional.empty();
  boolean listsDroppedFile;
  Optional<Extraction> bestExtraction = Optional.empty();
  Optional<Refusal> verification = Optional.empty();
  Authority.Verdict authority = new Authority.Verdict.Authorised(false);
  PendingRuns olderRuns = new PendingRuns.None();

  static JobFacts job(String event) {
    return new JobFacts(
        true, false, Optional.empty(), false, event, false, true, false, false, false, true, true);
  }

  private <T> T ask(String question, T answer) {
    asked.add(question);
    return answer;
  }

  SkipDecision decide() {
    return SkipDecision.decide(this);
  }

  @Override
  public JobFacts job() {
    return ask("job", job);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Duration timeToLive() {
    return Duration.ofHours(24);
  }

  @Override
  public Optional<Refusal> undeclared() {
    return ask("undeclared", undeclared);
  }

  @Override
  public Optional<Refusal> unfit() {
    return ask("unfit", unfit);
  }

  @Override
  public Cacheability cacheability() {
    return ask("cacheability", cacheability);
  }

  @Override
  public StoreLookup lookup(Cacheability.Cacheable scan) {
    return ask("lookup", lookup);
  }

  @Override
  public Optional<Partial> pullRequest() {
    return ask("pullRequest", pullRequest);
  }

  @Override
  public boolean listsDroppedFile(StoredScan stored) {
    return ask("listsDroppedFile", listsDroppedFile);
  }

  @Override
  public Optional<Extraction> bestExtraction(StoredScan stored) {
    return ask("bestExtraction", bestExtraction);
  }

  @Override
  public Optional<Refusal> verification(StoredScan stored) {
    return ask("verification", verification);
  }

  @Override
  public Authority.Verdict authority(StoredScan stored) {
    return ask("authority", authority);
  }

  @Override
  public PendingRuns olderRuns() {
    return ask("olderRuns", olderRuns);
  }
}
