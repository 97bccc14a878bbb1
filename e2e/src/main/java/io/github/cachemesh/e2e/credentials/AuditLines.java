package io.github.cachemesh.e2e.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines of an audit log, as anybody reads them who has its folder. */
record AuditLines(Path folder) {
  /** All files of the log, the oldest first. */
  List<Path> files() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  List<JsonNode> read() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (Path file : files()) {
      for (String line : Files.readAllLines(file)) {
        lines.add(JsonMapper.shared().readTree(line));
      }
    }
    return lines;
  }

  /** The lines after those that were there before. */
  List<JsonNode> since(int before) throws IOException {
    List<JsonNode> all = read();
    return all.subList(before, all.size());
  }
}
