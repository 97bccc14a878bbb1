package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionMetadata;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSettingsTest {
  @TempDir Path workspace;

  @Test
  void defaultFolderThatTheConfigurationFileWritesDownIsNoChoice() throws Exception {
    assertThat(settings("~/.cache/github-api-p2p").chosenCacheDir()).isEmpty();
  }

  @Test
  void anyOtherFolderIsChosen() throws Exception {
    assertThat(settings("/var/cache/api").chosenCacheDir()).contains(Path.of("/var/cache/api"));
    assertThat(settings("~/api").chosenCacheDir()).contains(Path.of("~/api"));
  }

  private JobSettings settings(String directory) throws Exception {
    Files.createDirectories(workspace.resolve(".github"));
    Files.writeString(
        workspace.resolve(".github/cache-config.yml"), "cache: {directory: " + directory + "}");
    try (InputStream actionYml = Main.class.getResourceAsStream("action.yml")) {
      return JobSettings.read(
          ActionContext.of(
              ActionMetadata.read(actionYml),
              List.of(),
              Map.of(
                  "GITHUB_WORKSPACE",
                  workspace.toString(),
                  "GITHUB_API_URL",
                  "https://api.github.com"),
              new PrintStream(OutputStream.nullOutputStream()),
              new Random(1)),
          CacheStore.UNKNOWN_HOME);
    }
  }
}
