package io.github.cachemesh.core.github;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a file in {@code .github/workflows}, by which the API knows its workflow. */
public record WorkflowFile(String name) {
  private static final String FILE = "[^/@?#\\p{Cntrl}]{1,255}\\.ya?ml";
  private static final Pattern REF =
      Pattern.compile("[^/@]+/[^/@]+/\\.github/workflows/(" + FILE + ")@.+");

  /**
   * @throws IllegalArgumentException when it is no file name that ends in .yml or .yaml
   */
  public WorkflowFile {
    if (!name.matches(FILE)) {
      throw new IllegalArgumentException("'" + name + "' is no workflow file; give its name alone");
    }
  }

  /**
   * The file that {@code GITHUB_WORKFLOW_REF} names; empty where it names none, as for GitHub's own
   * default set-up.
   */
  public static Optional<WorkflowFile> ofRef(String workflowRef) {
    Matcher matcher = REF.matcher(workflowRef);
    return matcher.matches() ? Optional.of(new WorkflowFile(matcher.group(1))) : Optional.empty();
  }

  /** Its path in the repository. */
  public String path() {
    return ".github/workflows/" + name;
  }
}
