package io.github.cachemesh.e2e.codeql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says what a scan would find now, and what GitHub's own way to hash lines gives: a process of node
 * with the stand-in's toy. For one thread at a time.
 */
final class Oracle implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private final Process node;
  private final Writer questions;
  private final BufferedReader answers;

  Oracle(StandIn standIn) throws IOException {
    node =
        new ProcessBuilder("node", standIn.oracle().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    questions = new OutputStreamWriter(node.getOutputStream(), StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Each alert as rule, path and line, sorted; or one text that says why nothing can be scanned.
   *
   * @param environment of init, as the runner makes it
   * @param properties of the repository
   */
  List<String> alerts(Map<String, String> environment, Map<String, String> properties)
      throws IOException {
    return ask(Map.of("environment", environment, "properties", properties));
  }

  /** The hash of each line, the first first. */
  List<String> lineHashes(Path file) throws IOException {
    return ask(Map.of("file", file.toString()));
  }

  private List<String> ask(Map<String, ?> question) throws IOException {
    questions.write(JSON.writeValueAsString(question));
    questions.write('\n');
    questions.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the oracle ended; what it said is above");
    }
    return JSON.readValue(answer, TEXTS);
  }

  @Override
  public void close() {
    node.destroy();
  }
}
