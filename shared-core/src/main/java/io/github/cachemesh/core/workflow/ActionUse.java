package io.github.cachemesh.core.workflow;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code uses} of a step, {@code owner/repository/path@ref}.
 *
 * @param repository {@code owner/repository} in lower case; empty for a local path or an image
 * @param path within the repository, as it is written
 * @param ref what follows the {@code @}
 */
record ActionUse(String repository, String path, String ref) {
  private static final Pattern FULL_SHA = Pattern.compile("[0-9a-fA-F]{40}");
  private static final String CODEQL = "github/codeql-action";
  private static final String OURS = "setup-codeql-cache";

  static ActionUse parse(String uses) {
    int at = uses.lastIndexOf('@');
    String where = at < 0 ? uses : uses.substring(0, at);
    String ref = at < 0 ? "" : uses.substring(at + 1);
    String[] parts = where.split("/", 3);
    boolean local = where.startsWith(".") || where.startsWith("docker://") || parts.length < 2;
    return local
        ? new ActionUse("", where, ref)
        : new ActionUse(
            (parts[0] + "/" + parts[1]).toLowerCase(Locale.ROOT),
            parts.length == 3 ? parts[2] : "",
            ref);
  }

  boolean isCodeql() {
    return repository.equals(CODEQL);
  }

  /** Whether it is our action, in whichever repository or checkout it lies. */
  boolean isOurs() {
    String folder = path.isEmpty() ? repository : path;
    return folder.substring(folder.lastIndexOf('/') + 1).equals(OURS);
  }

  /** The commit in lower case, when the reference is one and not a tag or branch. */
  Optional<String> commit() {
    return FULL_SHA.matcher(ref).matches()
        ? Optional.of(ref.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
