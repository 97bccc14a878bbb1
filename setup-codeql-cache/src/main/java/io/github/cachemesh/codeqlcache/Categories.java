package io.github.cachemesh.codeqlcache;

import java.util.Locale;

/** A category as an input gives it, as a SARIF does, and as upload-sarif marks it as uploaded. */
final class Categories {
  private static final String MARK = "CODEQL_UPLOAD_SARIF_";

  private Categories() {}

  /** Without the slash at the end, which CodeQL adds. */
  static String bare(String category) {
    return category.endsWith("/") ? category.substring(0, category.length() - 1) : category;
  }

  /**
   * The variable that codeql-action exports when it uploads results of CodeQL.
   *
   * @param id {@code automationDetails.id} of the SARIF
   */
  static String uploadMark(String id) {
    return MARK + sanitized(id) + "_" + sanitized("CodeQL");
  }

  private static String sanitized(String text) {
    return text.replaceAll("[^a-zA-Z0-9_]", "_").toUpperCase(Locale.ROOT);
  }
}
