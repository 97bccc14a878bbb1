package io.github.cachemesh.images;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends the archives that {@code build} made, and tests saw, to a registry as they are. */
@Command(name = "push", description = "Push the images of the archives.")
final class PushCommand implements Callable<Integer> {
  @Option(names = "--created", required = true, description = "The time that images carry.")
  private Instant created = Instant.EPOCH;

  @Option(names = "--packed", required = true, description = "Folder for packed layers.")
  private Path packed = Path.of("");

  @Option(names = "--output", required = true, description = "Folder of the archives.")
  private Path output = Path.of("");

  @Option(names = "--tag", defaultValue = "v1", description = "Default: v1.")
  private String tag = "v1";

  @Parameters(
      paramLabel = "REGISTRY/PREFIX",
      description = "Such as ghcr.io/cachemesh; one without TLS only at 127.0.0.1:PORT.")
  private String target = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    ImageWriter writer = new ImageWriter(packed, created);
    for (ImagedAction action : ImagedAction.ALL) {
      String reference = target + "/" + action.name() + ":" + tag;
      String digest = writer.push(output.resolve(action.name() + ".tar"), reference);
      System.out.println(reference + "@" + digest);
    }
    return 0;
  }
}
