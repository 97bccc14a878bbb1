package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.core.codeql.Cacheability;
import io.github.cachemesh.core.codeql.Partial;
import io.github.cachemesh.core.codeql.ScanStore;
import io.github.cachemesh.core.codeql.StoreLookup;
import io.github.cachemesh.core.sarif.ScanDifference;
import java.io.IOException;
import java.util.Optional;

/** Compares what a scan found with the stored result that would have stood for it. */
final class Observation {
  private final ActionContext context;
  private final ScanStore store;

  Observation(ActionContext context, ScanStore store) {
    this.context = context;
    this.store = store;
  }

  /** Tells of each disagreement; where alerts are is told by the scan's own upload only. */
  void compare(FreshSarif fresh, Cacheability.Cacheable scan, Optional<Partial> pullRequest)
      throws IOException {
    if (!(store.find(scan, pullRequest) instanceof StoreLookup.Found found)
        || !(StoredSarif.read(store, found.scan())
            instanceof StoredSarif.Reading.Read(StoredSarif stored))) {
      disagree("the stored result that was to be compared with it is gone");
      return;
    }
    ScanDifference difference = ScanDifference.between(fresh.scan(), stored.scan());
    if (difference.isEmpty()) {
      context.commands().info("The scan found exactly what the stored result has.");
      summary("agrees");
      return;
    }
    if (!difference.onlyInFirst().isEmpty()) {
      disagree("the scan found results that the stored one of the same key lacks");
    }
    if (!difference.onlyInSecond().isEmpty()) {
      disagree("the stored result of the same key has results that the scan did not find");
    }
  }

  private void disagree(String how) {
    context
        .commands()
        .warning("CodeQL cache: " + how + ".", Annotation.titled(context.metadata().name()));
    summary("disagrees: " + how);
  }

  private void summary(String outcome) {
    context
        .summary()
        .heading(3, "CodeQL cache")
        .paragraph("Observed: the stored result " + outcome + ".")
        .write();
  }
}
