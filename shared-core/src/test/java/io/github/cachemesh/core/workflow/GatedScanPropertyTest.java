package io.github.cachemesh.core.workflow;

import static io.github.cachemesh.core.workflow.Workflows.INPUTS;
import static io.github.cachemesh.core.workflow.Workflows.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.workflow.GatedScan.Declared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GatedScanPropertyTest {
  private static final List<String> LINES = TEXT.lines().toList();

  /** From our step's line to the end is what the scan hangs on. */
  private static final int OUR_STEP = LINES.indexOf("      - id: cache");

  /** Without them the scan is the same. */
  private static final Set<String> NEEDLESS =
      Set.of("          store-key: ${{ secrets.CODEQL_STORE_KEY }}", "        - name: Initialise");

  @Property
  void valueIsDeclaredOnlyWhenBothStepsAreGivenTheSame(
      @ForAll("values") String init, @ForAll("values") String ours)
      throws InvalidWorkflowException {
    String text =
        TEXT.replaceFirst("(?s)(.*)queries: security-extended", "$1queries: '" + init + "'")
            .replaceFirst("queries: security-extended", "queries: '" + ours + "'");
    Map<String, String> inputs = new HashMap<>(INPUTS);
    inputs.put("queries", ours);

    assertThat(Workflows.find(text, inputs) instanceof Declared)
        .isEqualTo(init.strip().equals(ours.strip()));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().withChars("a+, ").ofMaxLength(3);
  }

  @Property
  void noLineOfTheDeclarationIsNeedless(@ForAll("lines") int line) {
    List<String> lines = new ArrayList<>(LINES);
    String removed = lines.remove(line);

    assertThat(NEEDLESS.contains(removed) || !isDeclared(String.join("\n", lines)))
        .as(removed)
        .isTrue();
  }

  @Provide
  Arbitrary<Integer> lines() {
    return Arbitraries.integers().between(OUR_STEP, LINES.size() - 1);
  }

  @Property(tries = 2000)
  void noCharacterOfADecidingLineIsNeedless(
      @ForAll("lines") int line, @ForAll double where, @ForAll("characters") char replacement) {
    String old = LINES.get(line);
    int first = old.indexOf(old.strip());
    int at = first + (int) (Math.abs(where % 1) * (old.length() - first));
    String changed = old.substring(0, at) + replacement + old.substring(at + 1);
    List<String> lines = new ArrayList<>(LINES);
    lines.set(line, changed);
    boolean needless =
        old.contains("name:")
            || old.contains("store-key")
            || old.contains("@v1")
            || changed.equalsIgnoreCase(old);

    assertThat(needless || !isDeclared(String.join("\n", lines))).as(changed).isTrue();
  }

  @Provide
  Arbitrary<Character> characters() {
    return Arbitraries.of('x', 'q', '7', '-', '.', '_');
  }

  private static boolean isDeclared(String text) {
    try {
      return Workflows.find(text) instanceof Declared;
    } catch (InvalidWorkflowException e) {
      return false;
    }
  }
}
