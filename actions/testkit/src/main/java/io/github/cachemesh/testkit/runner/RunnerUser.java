package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.testkit.clients.ClientProcess;
import io.github.cachemesh.testkit.clients.ClientRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The user as whom the runner runs: folders are its own, host steps run as it. */
sealed interface RunnerUser {

  /** The command line that runs this one as the user. */
  List<String> command(List<String> command);

  /** Makes a file or folder the user's, not what is in it. */
  void own(Path path) throws IOException;

  /**
   * Deletes what is in a folder, with no more rights than the user has.
   *
   * @throws IOException naming what could not be deleted
   */
  void empty(Path folder) throws IOException;

  /** The user of this process. */
  record Current() implements RunnerUser {
    @Override
    public List<String> command(List<String> command) {
      return command;
    }

    @Override
    public void own(Path path) {
      // Whatever this process makes is its user's.
    }

    @Override
    public void empty(Path folder) throws IOException {
      List<Path> content;
      try (Stream<Path> tree = Files.walk(folder)) {
        content =
            tree.filter(path -> !path.equals(folder)).sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : content) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Another user, in no group but this; only root can act for it. */
  record Other(int uid, int gid) implements RunnerUser {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @Override
    public List<String> command(List<String> command) {
      List<String> asUser = new ArrayList<>(List.of("setpriv", "--clear-groups"));
      asUser.addAll(List.of("--reuid", Integer.toString(uid), "--regid", Integer.toString(gid)));
      asUser.add("--");
      asUser.addAll(command);
      return asUser;
    }

    @Override
    public void own(Path path) throws IOException {
      Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void empty(Path folder) throws IOException {
      List<String> delete = List.of("find", folder.toString(), "-mindepth", "1", "-delete");
      ClientRun run = new ClientProcess(Path.of("/"), Map.of(), TIMEOUT).run(command(delete));
      if (!run.succeeded()) {
        throw new IOException(
            "User " + uid + " cannot empty " + folder + ": " + run.stderr().strip());
      }
    }
  }
}
