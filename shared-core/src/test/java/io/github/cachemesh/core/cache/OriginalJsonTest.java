package io.github.cachemesh.core.cache;

import static io.github.cachemesh.core.cache.SampleEntries.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OriginalJsonTest {
  private static final String DUMPS =
      """
      import json, sys
      for line in sys.stdin:
          print(json.dumps(json.loads(line), sort_keys=True))
      """;

  private static void assertSameAsPython(List<String> documents) throws Exception {
    String python = Python.run(DUMPS, String.join("\n", documents) + "\n");
    List<String> ours =
        documents.stream()
            .map(document -> OriginalJson.dumps(OriginalEntry.readTree(bytes(document))))
            .toList();
    assertThat(ours).isEqualTo(python.lines().toList());
  }

  @Test
  void documentsAreWrittenAsPythonWritesThem() throws Exception {
    assertSameAsPython(
        List.of(
            "{}",
            "[]",
            "{\"b\":[1,2,{}],\"a\":{\"z\":null,\"y\":true,\"x\":false}}",
            "{\"state\":\"open\",\"updatedAt\":\"2026-01-01T00:00:00Z\",\"comments\":3}",
            "\"\\u0000\\b\\f\\n\\r\\t\\u001f \\\"\\\\/~\\u007f\\u0080é漢😀\\ud800x\\udc00\"",
            // By UTF-16 unit the emoji would come before the other.
            "{\"😀\":1,\"\\uff5e\":2,\"a\":3,\"A\":4,\"\":5,\"aa\":6}",
            "{\"twice\":1,\"twice\":2}",
            "[0,-0,-1,9223372036854775808,-123456789012345678901234567890]",
            "[" + "7".repeat(4300) + "]",
            "[NaN,Infinity,-Infinity,1e400,-1e400]"));
  }

  @Test
  void notableFloatsAreWrittenAsPythonWritesThem() throws Exception {
    assertSameAsPython(
        List.of(
            "[0.0,-0.0,1.0,1e0,0.1,100.0,1e15,1e16,123456789012345680.0,9999999999999998.0]",
            "[0.0001,0.00001,0.00012345,1e-7,1.5e-7,1e22,1e23,2e22,1.7976931348623157e308]",
            "[5e-324,4.9e-324,1e-323,2e-323,2.2250738585072014e-308,1e100,123e-200]",
            "[1735689600.123456,1735689600.0,300.5,0.30000000000000004,2.5E+3]"));
  }

  @Test
  void anyFloatIsWrittenAsPythonWritesIt() throws Exception {
    Random random = new Random(42);
    List<String> documents = new ArrayList<>();
    while (documents.size() < 20_000) {
      double value = Double.longBitsToDouble(random.nextLong());
      double shorter = random.nextInt(100_000) * Math.pow(10, random.nextInt(-30, 30));
      if (Double.isFinite(value)) {
        documents.add("[" + value + "," + shorter + "," + (float) shorter + "]");
      }
    }
    assertSameAsPython(documents);
  }

  @Test
  void anyTextIsWrittenAsPythonWritesIt() throws Exception {
    Random random = new Random(43);
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder object = new StringBuilder("{");
      for (int field = 0; field < 6; field++) {
        object.append(field == 0 ? "" : ",");
        int[] name = random.ints(random.nextInt(4), 0, 0x110000).toArray();
        quote(object, Arrays.stream(name).filter(c -> Character.getType(c) != Character.SURROGATE));
        quote(object.append(':'), random.ints(random.nextInt(9), 0, 0x110000));
      }
      documents.add(object.append("}").toString());
    }
    assertSameAsPython(documents);
  }

  private static void quote(StringBuilder json, IntStream codePoints) {
    json.append('"');
    codePoints
        .mapToObj(Character::toString)
        .flatMapToInt(String::chars)
        .forEach(unit -> json.append("\\u%04x".formatted(unit)));
    json.append('"');
  }

  @Test
  void textThatIsNoUtf8IsNotJson() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OriginalEntry.readTree(new byte[] {'"', (byte) 0xff, '"'}));
  }

  @Test
  void aContentHashIsTheCidThatMultiformatsGives() {
    JsonNode fields = OriginalEntry.readTree(bytes("{\"updatedAt\":\"x\"}"));
    assertThat(OriginalJson.dumps(fields)).isEqualTo("{\"updatedAt\": \"x\"}");
    // The CID of no bytes, codec raw, as published with IPFS.
    assertThat(ContentHash.cid(ContentHash.sha256(new byte[0])))
        .isEqualTo("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
  }
}
