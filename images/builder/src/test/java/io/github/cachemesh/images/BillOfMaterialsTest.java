package io.github.cachemesh.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillOfMaterialsTest {
  private static final String MAVEN_BOM =
      """
      {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
       "metadata": {"component": {"type": "library", "name": "images", "version": "1",
         "purl": "pkg:maven/o/images@1?type=jar", "bom-ref": "pkg:maven/o/images@1?type=jar"}},
       "components": [{"type": "library", "name": "lib", "version": "2",
         "purl": "pkg:maven/o/lib@2?classifier=linux&type=jar", "bom-ref": "lib",
         "hashes": [{"alg": "SHA-256", "content": "%s"}]},
         {"type": "library", "name": "lib", "version": "2",
         "purl": "pkg:maven/o/lib@2?classifier=foreign&type=jar", "bom-ref": "foreign"}]}
      """
          .formatted("0".repeat(64));

  @TempDir private Path temp;
  private BillOfMaterials bill;

  @BeforeEach
  void inputs() throws Exception {
    Path base = Files.createDirectories(temp.resolve("base/packages")).getParent();
    Files.writeString(
        base.resolve("packages/libc6"),
        "Package: libc6\nVersion: 2.36-9+deb12u14\nArchitecture: amd64\n");
    Files.writeString(
        base.resolve("java.release"),
        "IMPLEMENTOR=\"A\"\n"
            + "IMPLEMENTOR_VERSION=\"A-25.0.3+9\"\n"
            + "JAVA_RUNTIME_VERSION=\"25.0.3+9\"\n");
    ImageTree tree = new ImageTree(Files.createDirectory(temp.resolve("tree")));
    tree.write(ImageTree.Layer.LIBRARIES, "/app/lib/lib-2-linux.jar", "packed");
    tree.write(ImageTree.Layer.PROGRAMS, "/app/lib/images-1.jar", "packed too");
    bill =
        new BillOfMaterials(
            Files.writeString(temp.resolve("maven.json"), MAVEN_BOM),
            new BaseImage(base),
            tree,
            Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void isValidByTheSchema() throws Exception {
    assertThat(new JsonParser().validate(bill.json("image", "1"), Version.VERSION_16)).isEmpty();
  }

  @Test
  void sameImageGivesTheSameText() throws Exception {
    assertThat(bill.json("image", "1")).isEqualTo(bill.json("image", "1"));
  }

  @Test
  void namesMavensDebiansAndTheRuntimesParts() throws Exception {
    assertThat(json().get("components").findValuesAsText("purl"))
        .contains(
            "pkg:maven/o/lib@2?classifier=linux&type=jar",
            "pkg:maven/o/images@1?type=jar",
            "pkg:deb/debian/libc6@2.36-9%2Bdeb12u14?arch=amd64",
            "pkg:generic/openjdk@25.0.3%2B9");
  }

  @Test
  void nativeCodeOfTheOtherArchitectureIsNotListed() throws Exception {
    assertThat(json().get("components").findValuesAsText("purl"))
        .doesNotContain("pkg:maven/o/lib@2?classifier=foreign&type=jar");
  }

  @Test
  void jarHasTheHashOfItsPackedFormAndItsAncestorThePublishedOne() throws Exception {
    JsonNode library = json().get("components").get(0);
    assertThat(library.get("hashes").get(0).get("content").asText())
        .isEqualTo(TrainedJars.sha256(temp.resolve("tree/app/lib/lib-2-linux.jar")));
    assertThat(library.at("/pedigree/ancestors/0/hashes/0/content").asText())
        .isEqualTo("0".repeat(64));
  }

  private JsonNode json() throws Exception {
    return new JsonMapper().readTree(bill.json("image", "1"));
  }
}
