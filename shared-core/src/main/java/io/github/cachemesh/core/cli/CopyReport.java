package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.cache.OriginalEntries;

/** What came of an import or export, for people: counts, and each refused file with its reason. */
record CopyReport(OriginalEntries.Report report) {

  /** Returns the exit code: whether every file could be taken. */
  int print(String verb, Surroundings surroundings) {
    long mismatched =
        report.refused().values().stream().filter(why -> why.contains("content_hash")).count();
    surroundings
        .out()
        .print(
            new Table()
                .row(verb + ", content_hash verified where there is one", report.copied().size())
                .row("present already, as new or newer", report.outdated().size())
                .row("expired", report.expired().size())
                .row("refused: content_hash does not match", mismatched)
                .row(
                    "refused: damaged, too large or too many",
                    report.refused().size() - mismatched));
    report
        .refused()
        .forEach(
            (file, why) ->
                surroundings
                    .err()
                    .print(new Table().row("cachemesh: refused " + file + ": " + why)));
    return report.refused().isEmpty() ? 0 : 1;
  }
}
