package io.github.cachemesh.core.sarif;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A text of {@code line-hashes.jsonl} with the hashes that {@code github/codeql-action} v4.36.3
 * computes on Node for its lines. The text is given as parts: bytes in hexadecimal and how often
 * they follow each other.
 */
record HashedText(String name, byte[] text, List<String> hashes) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Stream<HashedText> all() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    HashedText.class.getResourceAsStream("line-hashes.jsonl"),
                    "line-hashes.jsonl is a resource of the tests"),
                StandardCharsets.UTF_8))) {
      return lines.lines().map(HashedText::parse).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HashedText parse(String line) {
    var json = JSON.readTree(line);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (var part : json.get("parts")) {
      byte[] bytes = HexFormat.of().parseHex(part.get(0).stringValue());
      for (int i = 0; i < part.get(1).intValue(); i++) {
        text.writeBytes(bytes);
      }
    }
    return new HashedText(
        json.get("name").stringValue(),
        text.toByteArray(),
        json.get("hashes").valueStream().map(hash -> hash.stringValue()).toList());
  }

  @Override
  public String toString() {
    return name;
  }
}
