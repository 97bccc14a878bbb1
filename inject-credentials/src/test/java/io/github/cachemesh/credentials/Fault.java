package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionContext;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A way in which the action is broken, which a test must find.
 *
 * @param output what becomes of a line that the action prints
 */
record Fault(UnaryOperator<Action> action, Function<String, Stream<String>> output) {
  static final Fault NONE = new Fault(UnaryOperator.identity(), Stream::of);

  private static final String MASK = "::add-mask::";

  /** It masks only what that holds of. */
  static Fault masksOnly(Predicate<String> kept) {
    return new Fault(
        UnaryOperator.identity(),
        line ->
            Stream.of(line)
                .filter(
                    text -> !text.startsWith(MASK) || kept.test(text.substring(MASK.length()))));
  }

  /** It prints another line before each. */
  static Fault says(String other) {
    return new Fault(UnaryOperator.identity(), line -> Stream.of(other, line));
  }

  /** Main does something besides, at its end. */
  static Fault also(Consumer<ActionContext> leak) {
    return ofMain(
        (main, context) -> {
          main.main(context);
          leak.accept(context);
        });
  }

  /** Its outputs cannot be written. */
  static Fault outputsCannotBeWritten() {
    return ofMain((main, context) -> main.main(withoutOutputs(context)));
  }

  private interface Main {
    void run(Action action, ActionContext context) throws Exception;
  }

  private static Fault ofMain(Main main) {
    return new Fault(
        action ->
            new Action() {
              @Override
              public void main(ActionContext context) throws Exception {
                main.run(action, context);
              }

              @Override
              public void post(ActionContext context) throws Exception {
                action.post(context);
              }
            },
        Stream::of);
  }

  private static ActionContext withoutOutputs(ActionContext context) {
    return new ActionContext(
        context.metadata(),
        context.arguments(),
        context.environment(),
        context.inputs(),
        ActionContext.of(
                context.metadata(),
                List.of(),
                Map.of("GITHUB_OUTPUT", "/nowhere/output"),
                System.out,
                new SecureRandom())
            .outputs(),
        context.state(),
        context.jobEnvironment(),
        context.commands(),
        context.summary(),
        context.oidcTokens());
  }

  /** Where the action prints to, with what is broken in between. */
  PrintStream between(PrintStream runner) {
    return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
      @Override
      public void print(String text) {
        text.lines().flatMap(output).forEach(line -> runner.print(line + "\n"));
      }
    };
  }
}
