package io.github.cachemesh.core.workflow;

import io.github.cachemesh.core.workflow.Expression.Call;
import io.github.cachemesh.core.workflow.YamlValue.Listing;
import io.github.cachemesh.core.workflow.YamlValue.Mapping;
import io.github.cachemesh.core.workflow.YamlValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Writes down what bears on how a job builds what is scanned. */
final class RecipeReader {
  private static final List<String> OF_WORKFLOW = List.of("env", "defaults");
  private static final List<String> OF_JOB = List.of("env", "defaults", "runs-on", "services");
  private static final Set<String> NOT_TRUE = Set.of("", "false");
  private static final Expression SUCCESS = new Call("success", List.of());

  private final Mapping workflow;
  private final Job job;
  private final Step ours;
  private final String stepId;

  RecipeReader(Mapping workflow, Job job, Step ours, String stepId) {
    this.workflow = workflow;
    this.job = job;
    this.ours = ours;
    this.stepId = stepId;
  }

  /**
   * @throws Doubt when a step stands between ours and init, or when a value that the key of a scan
   *     does not hold may have a part in a build
   */
  Recipe read(Step init, Step analyze) throws Doubt {
    Optional<Step> between = foreign(ours, init);
    if (between.isPresent()) {
      throw Doubt.undeclared(
          between.get().line(),
          "the step "
              + between.get().label()
              + " may change what our step has seen; move it before our step or after init");
    }
    if (mayTrace() || foreign(init, analyze).isPresent()) {
      Optional<Integer> unkeyed = unkeyed(analyze);
      if (unkeyed.isPresent()) {
        throw Doubt.undeclared(
            unkeyed.get(),
            "a build may depend on an expression that is neither of matrix nor of runner.os or"
                + " runner.arch");
      }
    }
    return new Recipe(text());
  }

  /** Whether our input says, or may say, that results of builds are reused. */
  private boolean mayTrace() {
    Text traced = ours.with().get("traced-builds");
    return traced != null
        && !traced.string().map(String::strip).filter(NOT_TRUE::contains).isPresent();
  }

  private String text() {
    SortedMap<String, Object> text = new TreeMap<>();
    OF_WORKFLOW.forEach(key -> workflow.get(key).ifPresent(at -> text.put(key, plain(at))));
    text.put("job", plain(job.value()));
    return JsonMapper.shared().writeValueAsString(text);
  }

  private static Object plain(YamlValue value) {
    return switch (value) {
      // Of a number that is not whole only the spelling is known, which may mean another text.
      case Text text -> text.string().<Object>map(string -> string).orElse(Map.of("", text.text()));
      case Listing listing -> listing.items().stream().map(RecipeReader::plain).toList();
      case Mapping mapping -> {
        SortedMap<String, Object> members = new TreeMap<>();
        mapping.members().forEach((name, member) -> members.put(name, plain(member)));
        yield members;
      }
    };
  }

  /** The first of the steps strictly between two that is not CodeQL's own. */
  private Optional<Step> foreign(Step from, Step to) {
    return job.steps().subList(from.index() + 1, to.index()).stream()
        .filter(step -> step.uses().filter(ActionUse::isCodeql).isEmpty())
        .findFirst();
  }

  /** The line of the first value that may differ between jobs of equal keys. */
  private Optional<Integer> unkeyed(Step analyze) throws Doubt {
    List<YamlValue> values = new ArrayList<>();
    OF_WORKFLOW.forEach(key -> workflow.get(key).ifPresent(values::add));
    OF_JOB.forEach(key -> job.value().get(key).ifPresent(values::add));
    for (Step step : job.steps().subList(0, analyze.index())) {
      if (step.index() != ours.index() && step.uses().filter(ActionUse::isCodeql).isEmpty()) {
        Optional<Text> condition = step.condition();
        if (condition.isPresent() && !isKeyedCondition(condition.get())) {
          return Optional.of(condition.get().line());
        }
        step.value()
            .members()
            .forEach(
                (key, member) -> {
                  if (!key.equals("if") && !key.equals("name")) {
                    values.add(member);
                  }
                });
      }
    }
    return values.stream()
        .flatMap(RecipeReader::texts)
        .filter(text -> !isKeyed(text))
        .findFirst()
        .map(Text::line);
  }

  private static Stream<Text> texts(YamlValue value) {
    return switch (value) {
      case Text text -> Stream.of(text);
      case Listing listing -> listing.items().stream().flatMap(RecipeReader::texts);
      case Mapping mapping -> mapping.members().values().stream().flatMap(RecipeReader::texts);
    };
  }

  private static boolean isKeyed(Text text) {
    try {
      return Template.parse(text.text()).expressions().allMatch(Constancy::isKeyed);
    } catch (ExpressionException e) {
      return false;
    }
  }

  private boolean isKeyedCondition(Text condition) {
    try {
      return Gate.expression(condition.text())
          .conjuncts()
          .filter(conjunct -> !conjunct.equals(SUCCESS) && !Gate.isOf(conjunct, stepId))
          .allMatch(Constancy::isKeyed);
    } catch (ExpressionException e) {
      return false;
    }
  }
}
