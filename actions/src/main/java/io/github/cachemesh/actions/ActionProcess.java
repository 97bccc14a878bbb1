package io.github.cachemesh.actions;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The process of one phase of an action: builds its context, runs it, and turns a failure into
 * exactly one error annotation and exit code 1.
 */
public final class ActionProcess {
  private static final int OK = 0;
  private static final int FAILED = 1;

  private final Action action;
  private final ActionMetadata metadata;
  private final Map<String, String> env;
  private final PrintStream out;
  private final RandomGenerator random;

  /**
   * @param env the process environment
   * @param out where the runner reads commands; it must write UTF-8
   * @param random names the delimiters in the runner's files; unpredictable outside of tests
   */
  public ActionProcess(
      Action action,
      ActionMetadata metadata,
      Map<String, String> env,
      PrintStream out,
      RandomGenerator random) {
    this.action = action;
    this.metadata = metadata;
    this.env = env;
    this.out = out;
    this.random = random;
  }

  /**
   * What a {@code main} method of an action calls: runs the phase that the first argument names
   * (main when there is none) in the environment of this process, then ends the process.
   *
   * @param anchor the class beside which the resource {@code action.yml} lies
   */
  public static void launch(Action action, Class<?> anchor, String... args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    // The JDK refuses Basic credentials to a proxy by default, and proxies know little else.
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    System.exit(
        new ActionProcess(action, metadataBeside(anchor), System.getenv(), out, new SecureRandom())
            .run(args));
  }

  /**
   * Runs one phase.
   *
   * @param args the phase ({@code main} or {@code post}; main when there is none), then the
   *     action's own arguments
   * @return the exit code for the process
   */
  @SuppressWarnings("CatchingUnchecked") // Nothing an action throws may pass by the runner's log.
  public int run(String... args) {
    Commands commands = new Commands(out, RunnerKind.of(env));
    try {
      Phase phase = args.length == 0 ? Phase.MAIN : Phase.of(args[0]);
      List<String> rest = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
      ActionContext context = ActionContext.of(metadata, rest, env, out, random);
      switch (phase) {
        case MAIN -> action.main(context);
        case POST -> action.post(context);
      }
      return OK;
    } catch (ActionFailure failure) {
      commands.error(failure.getMessage() + "\n" + failure.remedy(), title());
      traceUnderDebug(commands, failure);
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError unexpected) {
      if (unexpected instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      commands.error(
          "Internal error: "
              + unexpected.getClass().getName()
              + ". Run the workflow again with debug logging to see where it happened.",
          title());
      traceUnderDebug(commands, unexpected);
    }
    return FAILED;
  }

  private Annotation title() {
    return Annotation.titled(metadata.name());
  }

  private void traceUnderDebug(Commands commands, Throwable failure) {
    if (new RunnerEnvironment(env).debug()) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      commands.debug(trace.toString());
    }
  }

  private static ActionMetadata metadataBeside(Class<?> anchor) {
    try (InputStream resource = anchor.getResourceAsStream("action.yml")) {
      if (resource == null) {
        throw new IllegalStateException("no resource action.yml beside " + anchor.getName());
      }
      return ActionMetadata.read(resource);
    } catch (IOException e) {
      throw new IllegalStateException("the resource action.yml cannot be read", e);
    }
  }
}
