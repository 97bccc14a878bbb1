package io.github.cachemesh.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a class of this class path becomes a process of its own. */
record JvmCommand(Path java, String classPath) {
  static JvmCommand ofThisJvm() {
    return new JvmCommand(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"));
  }

  List<String> of(List<String> jvmArguments, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(jvmArguments);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    return command;
  }
}
