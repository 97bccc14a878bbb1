package io.github.cachemesh.testkit.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a Docker action's entry point as a JVM of its own instead of its image: {@code java -cp …
 * Main main} and {@code … Main post}, then the action's arguments. The environment is that of a
 * container: what the runner passes, and a PATH.
 *
 * @param java the executable
 * @param jvmArgs such as {@code -Xmx128m}
 * @param classPath as {@code -cp} takes it
 */
public record JvmActionLauncher(Path java, List<String> jvmArgs, String classPath, String mainClass)
    implements ActionLauncher {

  public JvmActionLauncher {
    jvmArgs = List.copyOf(jvmArgs);
  }

  /** With the JDK and the class path of the calling JVM. */
  public static JvmActionLauncher ofThisJvm(String mainClass) {
    return new JvmActionLauncher(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"),
        System.getProperty("java.class.path"),
        mainClass);
  }

  @Override
  public Launch prepare(Invocation invocation) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(jvmArgs);
    command.addAll(List.of("-cp", classPath, mainClass, invocation.phase().argument()));
    command.addAll(invocation.arguments());
    Map<String, String> env = new HashMap<>(invocation.env());
    env.putIfAbsent("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    env.put(OrphanProcesses.VARIABLE, invocation.trackingId());
    return new Launch(command, env, invocation.folders().workspace());
  }
}
