package io.github.cachemesh.images;

import java.util.ArrayList;
import java.util.List;

/**
 * The files of options for {@code java} in the images, one for each kind of process. Each says
 * which flags and why, since readers of an image want to know too.
 */
final class JavaOptions {
  static final String AOT_CACHE = "/app/app.aot";

  /** Of compilers, in the JVM's own form, for {@link Process#PROOF}. */
  static final String COMPILERS = "/app/compilers.json";

  static final String COMPILERS_TEXT =
      """
      [
        {
          match: [
            "sun/security/provider/DigestBase.*",
            "sun/security/provider/SHA.implCompress",
            "sun/security/provider/SHA2.implCompress"
          ],
          c2: { Exclude: false }
        },
        { match: "*.*", c2: { Exclude: true } }
      ]
      """;

  private static final List<String> COMMON =
      List.of(
          "# Classes, loaded and linked, as the training run of the image's build left them; at"
              + " the",
          "# addresses that they were written for, since moving them takes longer than to read"
              + " them.",
          "-XX:AOTCache=" + AOT_CACHE,
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "# The JVM's warnings go to standard output, where the runner looks for commands.",
          "-Xlog:disable",
          "-Xlog:all=error:stderr",
          "# No file in /tmp for jps and jstat, which are not here.",
          "-XX:-UsePerfData",
          "# No threads of a collector's own.",
          "-XX:+UseSerialGC",
          "# Netty's; the AOT cache holds only for the same.",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "# How the program knows that it is in an image, and its children their options.",
          "-Dcachemesh.image=true",
          "-Dcachemesh.jvm.options-file=" + Process.NODE.path);

  /** The kinds of processes. */
  enum Process {
    /** Ends within a second: nothing would pay for the optimising compiler. */
    STEP(
        "/app/step.options",
        "# Short: the quick compiler alone, without the profiles for the other one that the cache"
            + " has",
        "# for the node, and a heap that small runners have.",
        "-XX:TieredStopAtLevel=1",
        "-XX:-AOTReplayTraining",
        "-Xmx256m",
        "# Reflection calls each record's constructor once: a method handle for it never pays.",
        "-Djdk.reflect.useNativeAccessorOnly=true"),

    /**
     * A step that hashes every byte of a checkout: SHA-1 and SHA-2 are made by the optimising
     * compiler, which knows the processor's instructions for them (a tenth of the time), all else
     * as in {@link #STEP}.
     */
    PROOF(
        "/app/proof.options",
        "# Short, but it hashes a whole checkout: the optimising compiler for hashes alone, since"
            + " it",
        "# knows the processor's instructions for them; the quick compiler for all else.",
        "-XX:CompilerDirectivesFile=" + COMPILERS,
        "-XX:CompileCommand=quiet",
        "# It would tell on standard output how many directives there are.",
        "-XX:-DisplayVMOutput",
        "-XX:-AOTReplayTraining",
        "-Xmx256m",
        "# Reflection calls each record's constructor once: a method handle for it never pays.",
        "-Djdk.reflect.useNativeAccessorOnly=true"),

    /** Waits for the node. */
    SUPERVISOR(
        "/app/supervisor.options",
        "# Waits for the node, and does next to nothing.",
        "-XX:TieredStopAtLevel=1",
        "-XX:-AOTReplayTraining",
        "-Xmx32m"),

    /** Lives for days, under load. */
    NODE(
        "/app/node.options",
        "# Long-lived: both compilers, and a heap above its 64 MiB of entries in memory.",
        "-Xmx512m",
        "# A node that is short of memory is better started anew than half alive.",
        "-XX:+ExitOnOutOfMemoryError");

    private final String path;
    private final List<String> own;

    Process(String path, String... own) {
      this.path = path;
      this.own = List.of(own);
    }

    String path() {
      return path;
    }
  }

  private JavaOptions() {}

  /** The text of the file for that kind of process. */
  static String of(Process process, String classPath) {
    List<String> lines = new ArrayList<>(COMMON);
    lines.addAll(process.own);
    lines.add("-classpath");
    lines.add(classPath);
    return String.join("\n", lines) + "\n";
  }

  /** What the training run needs to make a cache that these processes accept. */
  static List<String> training(String classPath) {
    return List.of(
        "-XX:AOTCacheOutput=" + AOT_CACHE,
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-classpath",
        classPath);
  }
}
