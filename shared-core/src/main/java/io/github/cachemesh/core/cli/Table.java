package io.github.cachemesh.core.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text whose columns line up, two spaces between them; holds all rows in memory. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table row(Object... cells) {
    rows.add(Arrays.stream(cells).map(Table::cell).toList());
    return this;
  }

  /** What is stored comes from outside: it may not move the cursor or break a row. */
  private static String cell(Object cell) {
    String text = String.valueOf(cell).replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?");
    return text.isEmpty() ? "-" : text;
  }

  @Override
  public String toString() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
