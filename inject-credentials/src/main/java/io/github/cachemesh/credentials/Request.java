package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Inputs;
import io.github.cachemesh.core.service.Export;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the workflow asks for, and how it wants it.
 *
 * @param names of credentials that are elsewhere, each once
 * @param prefix of the names of variables and outputs, maybe empty
 * @param export empty where the workflow does not say
 */
record Request(List<String> names, String prefix, Optional<Export> export, OnMissing onMissing) {
  private static final String NAMES = "credential-names";
  private static final int MAX_NAMES = 100;

  Request {
    names = List.copyOf(names);
  }

  /**
   * Reads the inputs.
   *
   * @throws ActionFailure which names the input that is wrong
   */
  static Request of(Inputs inputs) {
    List<String> names = inputs.list(NAMES);
    if (names.size() > MAX_NAMES) {
      throw inputs.failure(NAMES, "has more than " + MAX_NAMES + " names");
    }
    if (names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().count()
        < names.size()) {
      throw inputs.failure(NAMES, "has a name twice, in whatever case");
    }
    String prefix = inputs.optional("prefix").orElse("");
    if (!prefix.isEmpty() && VariableName.problemOfForm(prefix).isPresent()) {
      throw inputs.failure("prefix", "must be letters, digits and _, and no digit first");
    }
    return new Request(
        names,
        prefix,
        inputs.optional("export").map(_ -> inputs.choice("export", Export.class)),
        inputs.choice("on-missing", OnMissing.class));
  }
}
