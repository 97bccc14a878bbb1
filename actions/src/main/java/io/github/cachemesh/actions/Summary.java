package io.github.cachemesh.actions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The Markdown page of this step, collected block by block and appended by {@link #write}. It never
 * exceeds the runner's bound of 1 MiB a step, beyond which the whole page would be dropped: a block
 * that does not fit is left out, and a last line says so. All texts are plain and get escaped,
 * except where a method says otherwise. Not thread-safe.
 */
public final class Summary {
  /** What the runner accepts of one step, in bytes. */
  public static final int MAX_BYTES = 1024 * 1024;

  private static final String LEFT_OUT = "_Left out: the rest of this summary is too long._\n\n";

  private final RunnerEnvironment environment;
  private final StringBuilder blocks = new StringBuilder();
  // Of this step, written or not: the runner's file is new at each step.
  private int bytes;
  private boolean full;

  Summary(RunnerEnvironment environment) {
    this.environment = environment;
  }

  /**
   * A heading.
   *
   * @param level 1 to 6
   */
  public Summary heading(int level, String text) {
    if (level < 1 || level > 6) {
      throw new IllegalArgumentException("heading levels are 1 to 6, not " + level);
    }
    return markdown("#".repeat(level) + " " + MarkdownText.escape(text));
  }

  public Summary paragraph(String text) {
    return markdown(MarkdownText.escape(text));
  }

  /**
   * A table.
   *
   * @throws IllegalArgumentException when a row is not as wide as the header
   */
  public Summary table(List<String> header, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(row(header)).append('\n');
    table.append("| --- ".repeat(header.size())).append('|');
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row of " + row.size() + " cells in a table of " + header.size() + " columns");
      }
      table.append('\n').append(row(row));
    }
    return markdown(table.toString());
  }

  /**
   * A Mermaid diagram.
   *
   * @param source as is, in Mermaid's language
   */
  public Summary mermaid(String source) {
    return code("mermaid", source);
  }

  /** A Mermaid pie chart; shares of 0 or less are left out, and without any share the chart. */
  public Summary pie(String title, Map<String, Long> shares) {
    String slices =
        shares.entrySet().stream()
            .filter(share -> share.getValue() > 0)
            .map(share -> "\n  \"" + label(share.getKey()) + "\" : " + share.getValue())
            .collect(Collectors.joining());
    return slices.isEmpty() ? this : mermaid("pie showData title " + label(title) + slices);
  }

  /**
   * A code block.
   *
   * @param language what to highlight it as, may be empty
   * @param code as is
   */
  public Summary code(String language, String code) {
    String fence = "```";
    while (code.contains(fence)) {
      fence += "`";
    }
    return markdown(fence + language + "\n" + code.stripTrailing() + "\n" + fence);
  }

  /**
   * A block of Markdown.
   *
   * @param markdown as is
   */
  public Summary markdown(String markdown) {
    String block = markdown + "\n\n";
    int size = block.getBytes(StandardCharsets.UTF_8).length;
    if (!full && bytes + size > MAX_BYTES - LEFT_OUT.length()) {
      full = true;
      blocks.append(LEFT_OUT);
    }
    if (!full) {
      blocks.append(block);
      bytes += size;
    }
    return this;
  }

  /**
   * Appends what was collected to the runner's file and starts afresh. Does nothing where the
   * runner has no summaries.
   *
   * @throws ActionFailure when the file cannot be written
   */
  public void write() {
    Optional<Path> file =
        Optional.ofNullable(environment.here().get("GITHUB_STEP_SUMMARY"))
            .filter(path -> !path.isEmpty())
            .map(Path::of);
    if (file.isPresent()) {
      append(file.get());
    }
    blocks.setLength(0);
  }

  private void append(Path file) {
    try {
      Files.writeString(file, blocks, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new ActionFailure(
          "The step summary cannot be written: " + e.getClass().getSimpleName() + ".",
          "Check that " + file + " exists and that this action's user may write to it.",
          e);
    }
  }

  private static String row(List<String> cells) {
    return cells.stream().map(MarkdownText::escape).collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** Mermaid has no escape for quotes within a label, and a line break ends the statement. */
  private static String label(String text) {
    return text.replace('"', '\'').replaceAll("\\s+", " ").strip();
  }
}
