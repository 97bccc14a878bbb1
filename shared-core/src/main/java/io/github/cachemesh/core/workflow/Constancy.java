package io.github.cachemesh.core.workflow;

import io.github.cachemesh.core.workflow.Expression.Call;
import io.github.cachemesh.core.workflow.Expression.Constant;
import io.github.cachemesh.core.workflow.Expression.Context;
import io.github.cachemesh.core.workflow.Expression.Index;
import io.github.cachemesh.core.workflow.Expression.Member;
import io.github.cachemesh.core.workflow.Expression.Not;
import io.github.cachemesh.core.workflow.Expression.Operation;
import io.github.cachemesh.core.workflow.Expression.Text;
import java.util.Set;

/**
 * Which expressions have one value in a whole job, so that two steps with the same text are given
 * the same. What is not listed may change from step to step, {@code env}, {@code steps}, {@code
 * job} and {@code hashFiles} among them.
 */
final class Constancy {
  private static final Set<String> CONTEXTS =
      Set.of("inputs", "matrix", "needs", "runner", "secrets", "strategy", "vars");

  /** Others of this context belong to the step: its name, its reference, its command files. */
  private static final Set<String> GITHUB =
      Set.of(
          "actor",
          "actor_id",
          "api_url",
          "base_ref",
          "event",
          "event_name",
          "graphql_url",
          "head_ref",
          "job",
          "ref",
          "ref_name",
          "ref_protected",
          "ref_type",
          "repository",
          "repository_id",
          "repository_owner",
          "repository_owner_id",
          "repository_visibility",
          "run_attempt",
          "run_id",
          "run_number",
          "server_url",
          "sha",
          "token",
          "triggering_actor",
          "workflow",
          "workflow_ref",
          "workflow_sha",
          "workspace");

  private static final Set<String> FUNCTIONS =
      Set.of("contains", "endswith", "format", "fromjson", "join", "startswith", "tojson");

  /** Contexts whose values the key of a scan holds: its matrix and its system. */
  private static final Set<Expression> KEYED =
      Set.of(
          new Member(new Context("runner"), "os"),
          new Member(new Context("runner"), "arch"),
          new Member(new Context("github"), "repository"),
          new Member(new Context("github"), "repository_id"),
          // They say who may read, not what there is to be read.
          new Member(new Context("github"), "token"),
          new Member(new Context("secrets"), "github_token"));

  private Constancy() {}

  static boolean holdsInJob(Expression expression) {
    return switch (expression) {
      case Context(String name) -> CONTEXTS.contains(name);
      case Member(Context(String context), String name) when context.equals("github") ->
          GITHUB.contains(name);
      case Member(Expression of, String _) -> holdsInJob(of);
      case Index(Expression of, Expression index) -> holdsInJob(of) && holdsInJob(index);
      case Call(String function, var arguments) ->
          FUNCTIONS.contains(function) && arguments.stream().allMatch(Constancy::holdsInJob);
      case Not(Expression of) -> holdsInJob(of);
      case Operation(String _, Expression left, Expression right) ->
          holdsInJob(left) && holdsInJob(right);
      case Text _, Constant _ -> true;
    };
  }

  /** Whether equal keys mean that it has the same value in another run too. */
  static boolean isKeyed(Expression expression) {
    return switch (expression) {
      case Context(String name) -> name.equals("matrix");
      case Member member when KEYED.contains(member) -> true;
      case Member(Expression of, String _) -> isKeyed(of);
      case Index(Expression of, Expression index) -> isKeyed(of) && isKeyed(index);
      case Call(String function, var arguments) ->
          FUNCTIONS.contains(function) && arguments.stream().allMatch(Constancy::isKeyed);
      case Not(Expression of) -> isKeyed(of);
      case Operation(String _, Expression left, Expression right) ->
          isKeyed(left) && isKeyed(right);
      case Text _, Constant _ -> true;
    };
  }
}
