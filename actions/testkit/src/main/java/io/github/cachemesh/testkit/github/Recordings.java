package io.github.cachemesh.testkit.github;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Real answers of GitHub as recorded by {@code @octokit/fixtures}: one {@link Tape} a scenario. Not
 * thread-safe.
 */
final class Recordings {
  private final List<Tape> tapes;

  private Recordings(List<Tape> tapes) {
    this.tapes = tapes;
  }

  static Recordings none() {
    return new Recordings(List.of());
  }

  /**
   * Reads every {@code NAME/normalized-fixture.json} of the folder.
   *
   * @throws UncheckedIOException when the folder cannot be read or holds no scenario
   */
  static Recordings load(Path scenarios) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(scenarios)) {
      for (Path folder : folders) {
        Path file = folder.resolve("normalized-fixture.json");
        if (Files.isRegularFile(file)) {
          files.add(file);
        }
      }
      files.sort(null);
      if (files.isEmpty()) {
        throw new IOException(
            scenarios
                + " holds no */normalized-fixture.json;"
                + " name scenarios/api.github.com of npm's @octokit/fixtures");
      }
      List<Tape> tapes = new ArrayList<>();
      for (Path file : files) {
        tapes.add(Tape.of(Json.MAPPER.readTree(Files.readAllBytes(file))));
      }
      return new Recordings(tapes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<Reply> answer(ApiRequest request) {
    for (Tape tape : tapes) {
      Optional<Reply> reply = tape.answer(request);
      if (reply.isPresent()) {
        return reply;
      }
    }
    return Optional.empty();
  }

  /** Rewinds every tape. */
  void reset() {
    tapes.forEach(Tape::rewind);
  }

  /** The paths, with queries, that can be read by GET from the API host. */
  List<String> readablePaths() {
    return tapes.stream().flatMap(tape -> tape.readablePaths().stream()).distinct().toList();
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
