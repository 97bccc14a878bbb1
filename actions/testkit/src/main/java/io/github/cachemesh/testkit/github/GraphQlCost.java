package io.github.cachemesh.testkit.github;

import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.VariableReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's price of a query: the requests needed to fill every connection, were each node asked for
 * its own, divided by a hundred and rounded; at least one point.
 */
final class GraphQlCost {
  private static final int MAX_DEPTH = 50;

  private final Document document;
  private final Map<String, Object> variables;

  private GraphQlCost(Document document, Map<String, Object> variables) {
    this.document = document;
    this.variables = variables;
  }

  static int of(Document document, Map<String, Object> variables) {
    GraphQlCost cost = new GraphQlCost(document, variables);
    long requests = 0;
    for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
      requests += cost.requests(operation.getSelectionSet(), 1, 0);
    }
    return (int) Math.clamp(Math.round(requests / 100.0), 1, 500_000);
  }

  private long requests(@Nullable SelectionSet selections, long parents, int depth) {
    if (selections == null || depth > MAX_DEPTH) {
      return 0;
    }
    long total = 0;
    for (Selection<?> selection : selections.getSelections()) {
      total +=
          switch (selection) {
            case Field field -> field(field, parents, depth);
            case InlineFragment fragment ->
                requests(fragment.getSelectionSet(), parents, depth + 1);
            case FragmentSpread spread -> spread(spread, parents, depth);
            default -> 0;
          };
    }
    return total;
  }

  private long field(Field field, long parents, int depth) {
    for (Argument argument : field.getArguments()) {
      if (argument.getName().equals("first") || argument.getName().equals("last")) {
        return parents + requests(field.getSelectionSet(), parents * size(argument), depth + 1);
      }
    }
    return requests(field.getSelectionSet(), parents, depth + 1);
  }

  private long spread(FragmentSpread spread, long parents, int depth) {
    return document.getDefinitionsOfType(FragmentDefinition.class).stream()
        .filter(fragment -> fragment.getName().equals(spread.getName()))
        .mapToLong(fragment -> requests(fragment.getSelectionSet(), parents, depth + 1))
        .sum();
  }

  private long size(Argument argument) {
    return switch (argument.getValue()) {
      case IntValue literal -> literal.getValue().longValue();
      case VariableReference reference
          when variables.get(reference.getName()) instanceof Number number ->
          number.longValue();
      default -> 1;
    };
  }
}
