package io.github.cachemesh.core.sarif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a run's driver and extensions, as results name them. Not thread-safe. */
final class RuleTable {
  private static final int DRIVER = -1;

  private final Map<Integer, List<SarifRule>> byComponent = new HashMap<>();
  private final Map<String, SarifRule> byId = new HashMap<>();

  /**
   * Adds the next rule of a component.
   *
   * @param extension its index, negative for the driver
   */
  void add(int extension, SarifRule rule) {
    byComponent.computeIfAbsent(Math.max(DRIVER, extension), _ -> new ArrayList<>()).add(rule);
    byId.putIfAbsent(rule.id(), rule);
  }

  /**
   * The rule that {@code reference} names. The id decides: an index that leads to another rule, as
   * in a file of which rules were left out, counts for nothing, and a rule that the file does not
   * describe warns. Empty if neither names one.
   */
  Optional<SarifRule> find(RuleReference reference) {
    @Nullable SarifRule indexed = indexed(reference);
    @Nullable String id = reference.id();
    if (id == null) {
      return Optional.ofNullable(indexed);
    }
    return Optional.of(
        indexed != null && indexed.id().equals(id)
            ? indexed
            : byId.computeIfAbsent(id, RuleTable::undescribed));
  }

  private @Nullable SarifRule indexed(RuleReference reference) {
    List<SarifRule> rules =
        byComponent.getOrDefault(Math.max(DRIVER, reference.extension()), List.of());
    int index = reference.index();
    return index >= 0 && index < rules.size() ? rules.get(index) : null;
  }

  private static SarifRule undescribed(String id) {
    return new SarifRule(id, Level.WARNING, Optional.empty());
  }
}
