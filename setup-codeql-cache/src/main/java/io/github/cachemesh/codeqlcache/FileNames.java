package io.github.cachemesh.codeqlcache;

/** Names of files made of what a workflow names. */
final class FileNames {
  private FileNames() {}

  /** The text with all but letters, digits, hyphens and underscores replaced. */
  static String safe(String text) {
    return text.replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
