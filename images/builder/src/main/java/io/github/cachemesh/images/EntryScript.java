package io.github.cachemesh.images;

import java.util.ArrayList;
import java.util.List;

/**
 * A program of the images: a script that a runner can name as an {@code entrypoint}, which is one
 * path without arguments. It becomes {@code java}, so that signals reach that.
 *
 * @param path in the image, absolute
 * @param options a line of shell that sets {@code options}, the file of options for {@code java}
 * @param command the main class and its first arguments; the script's own follow
 */
record EntryScript(String path, String options, String command) {
  /** All programs, for these actions. */
  static List<EntryScript> all(List<ImagedAction> actions) {
    String step = "options=" + JavaOptions.Process.STEP.path();
    String node = "options=" + JavaOptions.Process.NODE.path();
    List<EntryScript> scripts = new ArrayList<>();
    for (ImagedAction action : actions) {
      String options = "options=" + action.process().path();
      for (String phase : List.of("main", "post")) {
        scripts.add(
            new EntryScript(action.entryPoint(phase), options, action.main() + " " + phase));
      }
    }
    scripts.add(
        new EntryScript(
            "/cachemesh/node",
            "options=" + JavaOptions.Process.SUPERVISOR.path(),
            "io.github.cachemesh.setup.NodeSupervisor"));
    scripts.add(
        new EntryScript(
            "/cachemesh/cachemesh",
            "[ \"${1:-}\" = serve ] && " + node + " || " + step,
            "io.github.cachemesh.core.cli.Main"));
    return scripts;
  }

  String text() {
    return """
    #!/bin/bash -p
    # A job's environment is meant for the job's programs: what it holds for a JVM or for the linker
    # must not change this one. -p: nor what it holds for this shell.
    unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS JDK_AOT_VM_OPTIONS CLASSPATH \\
      "${!LD_@}" "${!MALLOC_@}" GLIBC_TUNABLES GCONV_PATH LOCPATH
    # Else the JVM could not open files whose names are not ASCII.
    export LC_ALL=C.UTF-8
    %s
    exec /opt/java/bin/java "@$options" %s "$@"
    """
        .formatted(options, command);
  }
}
