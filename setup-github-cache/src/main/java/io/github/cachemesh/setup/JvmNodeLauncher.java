package io.github.cachemesh.setup;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a node as a process of this class path, under a {@link NodeSupervisor}. It has an
 * environment, a working folder, streams and, where there is {@code setsid}, a session of its own,
 * so that nothing of the step holds it and the runner does not take it for an orphan.
 */
final class JvmNodeLauncher implements NodeLauncher {
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final List<String> SMALL_JVM =
      List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final JvmCommand jvm;

  private JvmNodeLauncher(JvmCommand jvm) {
    this.jvm = jvm;
  }

  static JvmNodeLauncher ofThisJvm() {
    return new JvmNodeLauncher(JvmCommand.ofThisJvm());
  }

  @Override
  public Launched launch(NodePlan plan, NodeHome home, RunnerIdentity runner) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(home.cacheDir().toString(), home.id()));
    arguments.addAll(plan.serveArguments(home, runner));
    arguments.addAll(List.of("--log-file", home.log().toString()));
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.addAll(jvm.of(SMALL_JVM, NodeSupervisor.class, arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.folder().toFile())
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(home.console().toFile()));
    builder.environment().clear();
    builder.environment().putAll(plan.env());
    builder
        .environment()
        .put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    // Without it the JVM could not open files whose names are not ASCII.
    builder.environment().put("LC_ALL", "C.UTF-8");
    return new LaunchedProcess(builder.start());
  }

  /** A process of this machine. */
  record LaunchedProcess(Process process) implements Launched {
    @Override
    public boolean awaitEnd(Duration limit) throws InterruptedException {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
      process.destroy();
    }
  }
}
