package io.github.cachemesh.core.codeql;

import java.util.Locale;

/**
 * What a scan's result depends on. The order is that in which a difference is reported: what is
 * changed on purpose first, the tree last, since most other changes change the tree too.
 */
public enum Component {
  REPOSITORY(Reason.NOT_STORED),
  CATEGORY(Reason.CATEGORY),
  LANGUAGES(Reason.SETTINGS_CHANGED),
  BUILD_MODE(Reason.SETTINGS_CHANGED),
  SOURCE_ROOT(Reason.SETTINGS_CHANGED),
  ANALYSIS_KINDS(Reason.SETTINGS_CHANGED),
  QUERIES(Reason.QUERIES_CHANGED),
  PACKS(Reason.PACKS_CHANGED),
  CONFIG(Reason.CONFIG_CHANGED),
  CONFIG_FILE(Reason.CONFIG_CHANGED),
  TOOLS(Reason.TOOLS_CHANGED),
  ACTION(Reason.ACTION_CHANGED),
  PROPERTIES(Reason.PROPERTIES_CHANGED),
  VARIABLES(Reason.ENVIRONMENT_CHANGED),
  RUNNER(Reason.ENVIRONMENT_CHANGED),
  MATRIX(Reason.MATRIX_CHANGED),
  ANALYSIS_KEY(Reason.WORKFLOW_CHANGED),
  BUILD_RECIPE(Reason.WORKFLOW_CHANGED),
  WORKFLOW(Reason.WORKFLOW_CHANGED),
  TREE(Reason.TREE_CHANGED);

  private final Reason whenChanged;

  Component(Reason whenChanged) {
    this.whenChanged = whenChanged;
  }

  /** Its name in a key, such as {@code build-mode}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Why nothing stored is found when this is what differs. */
  public Reason whenChanged() {
    return whenChanged;
  }
}
