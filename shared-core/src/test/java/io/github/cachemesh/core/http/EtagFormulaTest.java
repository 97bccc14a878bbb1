package io.github.cachemesh.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EtagFormulaTest {

  @TestFactory
  Stream<DynamicTest> publishedVectorsHold() throws IOException {
    JsonNode file;
    try (InputStream in =
        Objects.requireNonNull(EtagFormulaTest.class.getResourceAsStream("etag-vectors.json"))) {
      file = new JsonMapper().readTree(in);
    }
    return file.get("vectors")
        .valueStream()
        .map(
            vector ->
                dynamicTest(
                    vector.get("name").asString(), () -> assertVector(vector, file.get("body"))));
  }

  private static void assertVector(JsonNode vector, JsonNode body) {
    Vary vary =
        Vary.of(
            Fields.of(
                vector
                    .get("vary")
                    .valueStream()
                    .flatMap(name -> Stream.of("Vary", name.asString()))
                    .toArray(String[]::new)));
    Fields request =
        Fields.of(
            vector.get("request").valueStream().map(JsonNode::asString).toArray(String[]::new));
    byte[] bytes =
        vector.get("emptyBody").asBoolean() ? new byte[0] : body.asString().getBytes(UTF_8);
    assertThat(EtagFormula.compute(vary, request, bytes))
        .isEqualTo(vector.get("expected").asString());
  }

  @Test
  void valuesAreHashedInTheOrderOfTheFormulaNotOfTheRequest() {
    Fields request =
        Fields.of("Cookie", "c=1", "Authorization", "Bearer token", "Accept", "Accept-value");
    assertThat(EtagFormula.compute(Vary.BY_ALL, request, "body".getBytes(UTF_8)))
        .isEqualTo(BodyDigest.of("Accept-value:Bearer token:c=1:body".getBytes(UTF_8)).hex());
  }

  @Test
  void emptyAcceptIsCarriedToo() {
    assertThat(EtagFormula.compute(Vary.BY_ALL, Fields.of("Accept", ""), new byte[0]))
        .isEqualTo(BodyDigest.of(":".getBytes(UTF_8)).hex());
  }

  @Test
  void onlyWhatVaryNamesIsHashed() {
    Fields request = Fields.of("Accept", "a", "Authorization", "Bearer t");
    assertThat(EtagFormula.compute(new Vary(Set.of()), request, new byte[0]))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }
}
