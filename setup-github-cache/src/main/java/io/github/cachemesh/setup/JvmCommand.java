package io.github.cachemesh.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a class of this class path becomes a process of its own.
 *
 * @param optionsFile of {@code java}, which every such process reads; the images have one, by which
 *     it uses their AOT cache
 */
record JvmCommand(Path java, String classPath, @Nullable Path optionsFile) {
  private static final String OPTIONS_FILE = "cachemesh.jvm.options-file";

  static JvmCommand ofThisJvm() {
    String optionsFile = System.getProperty(OPTIONS_FILE);
    return new JvmCommand(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"),
        optionsFile == null ? null : Path.of(optionsFile));
  }

  /**
   * The command line.
   *
   * @param jvmArguments override those of the options file
   */
  List<String> of(List<String> jvmArguments, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    if (optionsFile != null) {
      command.add("@" + optionsFile);
    }
    command.addAll(jvmArguments);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    return command;
  }
}
