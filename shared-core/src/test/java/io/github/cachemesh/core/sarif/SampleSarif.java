package io.github.cachemesh.core.sarif;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Small SARIF texts, in JSON with single quotes. */
final class SampleSarif {
  /** A tool with one pack of two rules, the second a security rule of level error. */
  static final String TOOL =
      """
      'tool': {
        'driver': {'name': 'CodeQL', 'semanticVersion': '2.20.5', 'rules': [{'id': 'driver/rule'}]},
        'extensions': [
          {'name': 'codeql/js-all', 'semanticVersion': '1.0.0+abc'},
          {'name': 'codeql/js-queries', 'rules': [
            {'id': 'js/note', 'defaultConfiguration': {'level': 'note'}},
            {'id': 'js/xss',
             'defaultConfiguration': {'enabled': true, 'level': 'error'},
             'properties': {'tags': ['security', 'xss'], 'security-severity': '7.8'}}]}]}
      """;

  static final String SUCCESS = "'invocations': [{'executionSuccessful': true}]";

  private SampleSarif() {}

  static String log(String... runs) {
    return json("{'version': '2.1.0', 'runs': [" + String.join(",", runs) + "]}");
  }

  /** A run of members. */
  static String run(String... members) {
    return "{" + String.join(",", members) + "}";
  }

  /** A file with one run that succeeded. */
  static String withResults(String... results) {
    return log(run(TOOL, SUCCESS, results(results)));
  }

  static String results(String... results) {
    return "'results': [" + String.join(",", results) + "]";
  }

  /** A result of a rule at a line. */
  static String result(String rule, String path, int line, String hash) {
    return """
    {'ruleId': '%s', 'message': {'text': 'secret alert'},
     'locations': [{'physicalLocation': {
       'artifactLocation': {'uri': '%s', 'uriBaseId': '%%SRCROOT%%'},
       'region': {'startLine': %d, 'startColumn': 3}}}],
     'partialFingerprints': {'primaryLocationLineHash': '%s'}}
    """
        .formatted(rule, path, line, hash);
  }

  static String repeat(int times, String element) {
    return Stream.generate(() -> element).limit(times).collect(Collectors.joining(","));
  }

  static String json(String text) {
    return text.replace('\'', '"');
  }

  static SarifScan read(String text) throws IOException {
    return read(text, SarifBounds.DEFAULT);
  }

  static SarifScan read(String text, SarifBounds bounds) throws IOException {
    return SarifReader.read(new ByteArrayInputStream(text.getBytes(UTF_8)), bounds);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
