package io.github.cachemesh.e2e.credentials;

import io.github.cachemesh.e2e.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * What a part is shown with.
 *
 * @param folder of its own, which is deleted afterwards
 * @param random seeded, so that a run can be repeated
 */
record Stage(Path folder, Report report, Random random) {
  /** A new folder below that of the part. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** Our command line, {@code cachemesh credentials …}, as a user whose home is the folder. */
  Program credentials(String... arguments) {
    return Program.of(Path.of("cachemesh").toAbsolutePath().toString(), "credentials")
        .with("XDG_STATE_HOME", folder.resolve("home/state").toString())
        .with("XDG_CONFIG_HOME", folder.resolve("home/config").toString())
        .and(arguments);
  }
}
