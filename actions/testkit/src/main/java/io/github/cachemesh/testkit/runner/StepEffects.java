package io.github.cachemesh.testkit.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a step handed to the runner through its files, read as strictly as the runner reads them.
 *
 * @param malformed whether a file had to be refused, which fails the step
 */
record StepEffects(
    Map<String, String> env,
    List<String> path,
    Map<String, String> outputs,
    Map<String, String> state,
    String summary,
    boolean malformed) {

  private static final int MAX_SUMMARY_BYTES = 1024 * 1024;

  /** Reads the files; what is wrong with them becomes an error in the step's log. */
  static StepEffects read(StepFiles files, Flavour flavour, StepLog log) throws IOException {
    Reader reader = new Reader(flavour, log);
    Map<String, String> env = reader.entries("env", "%s='%s'", StepFiles.read(files.env()));
    if (env.keySet().removeIf("NODE_OPTIONS"::equalsIgnoreCase)) {
      log.error("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
    }
    List<String> path = new ArrayList<>();
    StepFiles.read(files.path()).lines().filter(line -> !line.isEmpty()).forEach(path::add);
    Map<String, String> outputs =
        reader.entries("output", "Set output %s = %s", StepFiles.read(files.output()));
    Map<String, String> state =
        reader.entries("state", "Save intra-action state %s = %s", StepFiles.read(files.state()));
    return new StepEffects(env, path, outputs, state, summary(files, log), reader.malformed);
  }

  private static String summary(StepFiles files, StepLog log) throws IOException {
    String summary = StepFiles.read(files.summary());
    int bytes = summary.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_SUMMARY_BYTES) {
      log.error(
          "$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got "
              + bytes / 1024
              + "k.");
      return "";
    }
    return summary;
  }

  private static final class Reader {
    private final Flavour flavour;
    private final StepLog log;
    private boolean malformed;

    Reader(Flavour flavour, StepLog log) {
      this.flavour = flavour;
      this.log = log;
    }

    /**
     * @param debugFormat how the runner tells of an entry under debug logging
     */
    Map<String, String> entries(String name, String debugFormat, String text) {
      Map<String, String> entries = new LinkedHashMap<>();
      try {
        EnvFile.parse(
            text,
            flavour,
            (key, value) -> {
              log.debug(debugFormat.formatted(key, value));
              entries.put(key, value);
            });
      } catch (MalformedEnvFileException e) {
        malformed = true;
        log.error("Unable to process file command '" + name + "' successfully. " + e.getMessage());
      }
      return entries;
    }
  }
}
