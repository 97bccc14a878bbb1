package io.github.cachemesh.core.sarif;

import static io.github.cachemesh.core.sarif.SampleSarif.TOOL;
import static io.github.cachemesh.core.sarif.SampleSarif.gzip;
import static io.github.cachemesh.core.sarif.SampleSarif.json;
import static io.github.cachemesh.core.sarif.SampleSarif.log;
import static io.github.cachemesh.core.sarif.SampleSarif.read;
import static io.github.cachemesh.core.sarif.SampleSarif.repeat;
import static io.github.cachemesh.core.sarif.SampleSarif.result;
import static io.github.cachemesh.core.sarif.SampleSarif.results;
import static io.github.cachemesh.core.sarif.SampleSarif.run;
import static io.github.cachemesh.core.sarif.SampleSarif.withResults;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cachemesh.core.sarif.InvalidSarifException.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** What is no SARIF is a named fault whose message quotes nothing of it. */
class HostileSarifTest {
  private static final String SECRET = "secret";
  private static final int MIB = 1 << 20;

  /** Small enough for a test to reach each. */
  private static final SarifBounds SMALL = new SarifBounds(16L * MIB, MIB, 50, 64, 1000);

  static final Arguments[] faults = {
    fault(Fault.TRUNCATED, ""),
    fault(Fault.TRUNCATED, " \n"),
    fault(Fault.TRUNCATED, "{'version': '2.1.0', 'runs': ["),
    fault(Fault.TRUNCATED, log(run(TOOL)).substring(0, 90)),
    fault(Fault.TRUNCATED, "{'version': '2.1.0', 'x': 'secre"),
    fault(Fault.NOT_JSON, "secret"),
    fault(Fault.NOT_JSON, "<secret/>"),
    fault(Fault.NOT_JSON, "{secret: 1}"),
    fault(Fault.NOT_JSON, "{'version': '2.1.0', 'runs': [],}"),
    fault(Fault.NOT_JSON, "{'version': '2.1.0', 'runs': []} 'secret'"),
    fault(Fault.NOT_JSON, "{'version': '2.1.0', 'runs': []} secret"),
    fault(Fault.NOT_JSON, "{'version': '2.1.0', 'x': 'a\tsecret', 'runs': []}"),
    fault(Fault.NOT_JSON, "{'version': '2.1.0', 'x': NaN, 'runs': []}"),
    fault(Fault.NOT_SARIF, "{}"),
    fault(Fault.NOT_SARIF, "null"),
    fault(Fault.NOT_SARIF, "{'version': '2.1.0'}"),
    fault(Fault.NOT_SARIF, "{'version': '2.1.0', 'runs': null}"),
    fault(Fault.NOT_SARIF, "{'runs': []}"),
    fault(Fault.NOT_SARIF, log("{}")),
    fault(Fault.NOT_SARIF, log("null")),
    fault(Fault.NOT_SARIF, log("{'tool': {}}")),
    fault(Fault.NOT_SARIF, withResults("{}")),
    fault(Fault.NOT_SARIF, withResults("null")),
    fault(Fault.NOT_SARIF, withResults("{'ruleIndex': 5}")),
    fault(Fault.WRONG_VERSION, "{'version': 'secret', 'runs': []}"),
    fault(Fault.WRONG_VERSION, "{'version': '2.0.0', 'runs': 5}"),
    fault(Fault.WRONG_VERSION, "{'runs': [], 'version': null}"),
    fault(Fault.WRONG_TYPE, "[".repeat(100_000)),
    fault(Fault.WRONG_TYPE, "'secret'"),
    fault(Fault.WRONG_TYPE, "{'version': 2.1}"),
    fault(Fault.WRONG_TYPE, "{'version': '2.1.0', 'runs': {}}"),
    fault(Fault.WRONG_TYPE, log("'secret'")),
    fault(Fault.WRONG_TYPE, log("{'tool': 'secret'}")),
    fault(Fault.WRONG_TYPE, log("{'tool': {'driver': []}}")),
    fault(Fault.WRONG_TYPE, log("{'tool': {'driver': {'name': 7}}}")),
    fault(Fault.WRONG_TYPE, log("{'tool': {'extensions': {}}}")),
    fault(Fault.WRONG_TYPE, log(run(TOOL, "'invocations': [{'executionSuccessful': 'yes'}]"))),
    fault(Fault.WRONG_TYPE, log(run(TOOL, "'properties': {'incrementalMode': ['secret']}"))),
    fault(Fault.WRONG_TYPE, log(run(TOOL, "'artifacts': [{'location': {'uri': 5}}]"))),
    fault(Fault.WRONG_TYPE, log(run(TOOL, "'artifacts': [{'location': {'index': 1.5}}]"))),
    fault(Fault.WRONG_TYPE, withResults("'secret'")),
    fault(Fault.WRONG_TYPE, withResults("{'ruleId': 'r', 'level': 'secret'}")),
    fault(Fault.WRONG_TYPE, withResults("{'ruleId': 'r', 'partialFingerprints': ['secret']}")),
    fault(Fault.WRONG_TYPE, withResults(result("r", "a", 0, "1:1"))),
    fault(Fault.WRONG_TYPE, withResults("{'ruleId': 'r', 'ruleIndex': 99999999999}")),
    fault(Fault.REPEATED, "{'version': '2.1.0', 'runs': [], 'runs': []}"),
    fault(Fault.REPEATED, log(run(TOOL, results(), results()))),
    fault(Fault.REPEATED, log(run(TOOL, "'properties': {}, 'properties': {}"))),
    fault(Fault.REPEATED, withResults("{'ruleId': 'r', 'ruleId': 's'}")),
    fault(Fault.TOO_DEEP, "{'x': " + "[".repeat(100_000)),
    fault(Fault.TOO_DEEP, log("{'tool': {'x': " + "{'secret':".repeat(100))),
    fault(Fault.TOO_DEEP, log(run(TOOL, config("[".repeat(100))))),
    fault(Fault.TOO_LARGE, withResults("{'ruleId': '" + "s".repeat(1001) + "'}")),
    fault(Fault.TOO_LARGE, withResults("{'" + "s".repeat(1001) + "': 1}")),
    fault(Fault.TOO_LARGE, withResults("{'x': " + "9".repeat(1001) + "}")),
    fault(Fault.TOO_LARGE, withResults(repeat(51, "{'ruleId': 'r'}"))),
    fault(Fault.TOO_LARGE, log(run(TOOL, config("[" + repeat(1000, "1") + "]")))),
    fault(Fault.TOO_LARGE, log(run("'artifacts': [" + repeat(20_000, "{}") + "]"))),
    fault(Fault.TOO_LARGE, log(rules(20_000))),
    fault(Fault.TOO_LARGE, log(run("'tool': {'extensions': [" + repeat(20_000, "{}") + "]}"))),
    fault(Fault.TOO_LARGE, log(repeat(20_000, "{'tool': {'driver': {'name': 'x'}}}")))
  };

  private static Arguments fault(Fault fault, String text) {
    String json = json(text);
    return Arguments.argumentSet(
        fault + " " + json.substring(0, Math.min(60, json.length())).strip(), fault, json);
  }

  private static String config(String value) {
    return "'properties': {'codeqlConfigSummary': " + value + "}";
  }

  private static String rules(int count) {
    return run("'tool': {'driver': {'name': 'x', 'rules': [" + repeat(count, "{}") + "]}}");
  }

  @ParameterizedTest
  @FieldSource("faults")
  void whatIsNoSarifIsRefusedByName(Fault fault, String text) {
    assertFault(fault, new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @Test
  void anyPartOfAFileIsRefused() {
    String text = withResults(result("js/xss", "src/secret.js", 3, "1f:1")).strip();

    for (int length = 0; length < text.length(); length++) {
      InputStream part = new ByteArrayInputStream(text.substring(0, length).getBytes(UTF_8));
      assertThat(thrown(part).fault()).isIn(Fault.TRUNCATED, Fault.NOT_JSON);
    }
  }

  @Test
  void textIsUtf8WithoutAMark() {
    byte[] text = withResults().getBytes(UTF_8);
    byte[] marked = ("\uFEFF" + withResults()).getBytes(UTF_8);
    byte[] invalid = text.clone();
    invalid[20] = (byte) 0xFF;

    assertFault(Fault.NOT_JSON, new ByteArrayInputStream(marked));
    assertFault(Fault.NOT_JSON, new ByteArrayInputStream(invalid));
    assertFault(Fault.NOT_JSON, new ByteArrayInputStream(withResults().getBytes(UTF_16)));
  }

  @Test
  void skippedTextMayBeLongAndIsNotHeld() throws IOException {
    String message = "{'ruleId': 'r', 'message': {'text': '" + "m".repeat(4 * MIB) + "'}}";

    assertThat(read(withResults(message), SMALL).resultsCount()).isEqualTo(1);
  }

  @Test
  void manyEqualResultsTakeLittle() throws IOException {
    String results = repeat(50, "{'ruleId': 'r', 'locations': [{}]}");

    assertThat(read(log(run(TOOL, results(results))), SMALL).resultsCount()).isEqualTo(50);
  }

  @Test
  void bombIsRefusedAtTheBound() throws IOException {
    byte[] spaces = new byte[17 * MIB];
    Arrays.fill(spaces, (byte) ' ');

    assertGzipFault(Fault.TOO_LARGE, gzip(spaces));
  }

  @Test
  void zerosAreNoText() throws IOException {
    assertGzipFault(Fault.NOT_JSON, gzip(new byte[64 * MIB]));
  }

  @Test
  void damagedGzipIsRefused() throws IOException {
    byte[] zipped = gzip(withResults(result("r", "secret.js", 1, "1:1")).getBytes(UTF_8));
    byte[] checksum = zipped.clone();
    checksum[zipped.length - 6] ^= 1;
    byte[] header = zipped.clone();
    header[2] = 1;
    byte[] block = zipped.clone();
    block[10] |= 6;

    assertGzipFault(Fault.NOT_GZIP, checksum);
    assertGzipFault(Fault.NOT_GZIP, header);
    assertGzipFault(Fault.NOT_GZIP, block);
  }

  @Test
  void truncatedGzipIsRefused() throws IOException {
    byte[] zipped = gzip(withResults(result("r", "secret.js", 1, "1:1")).getBytes(UTF_8));

    for (int length = 0; length < zipped.length; length++) {
      assertGzipFault(Fault.TRUNCATED, Arrays.copyOf(zipped, length));
    }
  }

  @Test
  void gzipHasOneMember() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(gzip(withResults().getBytes(UTF_8)));
    members.writeBytes(gzip(new byte[0]));

    assertGzipFault(Fault.NOT_GZIP, members.toByteArray());
  }

  @Test
  void endlessGzipHeaderIsBounded() {
    byte[] header = new byte[17 * MIB];
    Arrays.fill(header, (byte) 'n');
    byte[] withName = {0x1F, (byte) 0x8B, 8, 8};
    System.arraycopy(withName, 0, header, 0, withName.length);

    assertGzipFault(Fault.TOO_LARGE, header);
  }

  @Test
  void endlessEmptyBlocksAreBounded() {
    // A stored block that is not the last and has no bytes.
    byte[] block = {0, 0, 0, (byte) 0xFF, (byte) 0xFF};
    byte[] blocks = new byte[17 * MIB];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = block[i % block.length];
    }
    byte[] header = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0};
    byte[] file = Arrays.copyOf(header, header.length + blocks.length);
    System.arraycopy(blocks, 0, file, header.length, blocks.length);

    assertGzipFault(Fault.TOO_LARGE, file);
  }

  @Test
  void failureToReadIsNoFaultOfTheFile() {
    IOException failure = new IOException("disk");
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }
        };

    assertThatThrownBy(() -> SarifReader.read(failing, SMALL)).isSameAs(failure);
  }

  private static void assertGzipFault(Fault fault, byte[] file) {
    assertFault(
        fault,
        catchThrowableOfType(
            InvalidSarifException.class,
            () -> SarifReader.readGzip(new ByteArrayInputStream(file), SMALL)));
  }

  private static void assertFault(Fault fault, InputStream text) {
    assertFault(fault, thrown(text));
  }

  private static InvalidSarifException thrown(InputStream text) {
    return catchThrowableOfType(InvalidSarifException.class, () -> SarifReader.read(text, SMALL));
  }

  private static void assertFault(Fault fault, InvalidSarifException thrown) {
    assertThat(thrown).isNotNull();
    assertThat(thrown.fault()).isEqualTo(fault);
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      assertThat(String.valueOf(e.getMessage())).doesNotContain(SECRET);
    }
  }
}
