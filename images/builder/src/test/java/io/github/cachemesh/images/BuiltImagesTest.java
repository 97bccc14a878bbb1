package io.github.cachemesh.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the archives hold, without a container. */
@Tag("containers")
class BuiltImagesTest {
  @Test
  void imagesShareEveryLayer() throws Exception {
    List<ImageArchive.PackedLayer> first = ImageArchive.read(BuiltImages.anyArchive()).layers();
    for (ImagedAction action : ImagedAction.ALL) {
      assertThat(ImageArchive.read(BuiltImages.archive(action)).layers()).isEqualTo(first);
    }
  }

  @Test
  void imagesDifferInEntryPointAndLabels() throws Exception {
    for (ImagedAction action : ImagedAction.ALL) {
      var config = ImageArchive.read(BuiltImages.archive(action)).config().get("config");
      assertThat(config.get("Entrypoint").get(0).asText()).isEqualTo(action.entryPoint("main"));
      assertThat(config.get("Labels").get("org.opencontainers.image.title").asText())
          .isEqualTo(action.name());
    }
  }

  @Test
  void billsOfMaterialsAreValidAndNameEveryOrigin() throws Exception {
    for (ImagedAction action : ImagedAction.ALL) {
      Path bill = BuiltImages.FOLDER.resolve(action.name() + ".cdx.json");
      assertThat(new JsonParser().validate(bill.toFile(), Version.VERSION_16)).isEmpty();
      assertThat(Files.readString(bill))
          .contains(
              "pkg:maven/io.netty/netty-common@", "pkg:deb/debian/libc6@", "pkg:generic/openjdk@")
          .contains("ghcr.io/cachemesh/" + action.name());
    }
  }

  @Test
  void secondBuildDiffersInTheAotCacheAlone(@TempDir Path again) throws Exception {
    Path images = BuiltImages.PROJECT.resolve("images");
    ImageArchive first = ImageArchive.read(BuiltImages.anyArchive());
    String version = label(first, "version");
    int exitCode =
        new CommandLine(new Main())
            .execute(
                "build",
                "--base=" + images.resolve("target/base"),
                "--class-path=" + images.resolve("target/lib"),
                "--class-path=" + images.resolve("target/images-" + version + ".jar"),
                "--class-path-bom=" + images.resolve("target/class-path.cdx.json"),
                "--train=" + images.resolve("train"),
                "--licence=" + BuiltImages.PROJECT.resolve("LICENSE"),
                "--app-version=" + version,
                "--revision=" + label(first, "revision"),
                "--created=" + label(first, "created"),
                "--packed=" + again.resolve("packed"),
                "--output=" + again);
    assertThat(exitCode).isZero();

    String name = ImagedAction.ALL.getFirst().name();
    ImageArchive second = ImageArchive.read(again.resolve(name + ".tar"));
    int last = first.layers().size() - 1;
    assertThat(second.layers().subList(0, last)).isEqualTo(first.layers().subList(0, last));
    assertThat(second.config().get("config")).isEqualTo(first.config().get("config"));
    assertThat(again.resolve(name + ".cdx.json"))
        .hasSameTextualContentAs(BuiltImages.FOLDER.resolve(name + ".cdx.json"));
  }

  private static String label(ImageArchive image, String name) {
    return image
        .config()
        .get("config")
        .get("Labels")
        .get("org.opencontainers.image." + name)
        .asText();
  }
}
