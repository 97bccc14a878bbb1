package io.github.cachemesh.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The {@code docker} command, and one of the built images under a name of these tests. */
final class Docker implements AutoCloseable {
  private static final int LIMIT_SECONDS = 120;
  private static final String NAME = "cachemesh-images-test";

  private final String image;

  private Docker(String image) {
    this.image = image;
  }

  /** What a command came to; its two outputs as one. */
  record Result(int exitCode, String output) {}

  /** Loads an archive under a name by which nobody else knows it. */
  static Docker load(Path archive) throws IOException, InterruptedException {
    Docker docker = new Docker(NAME + ":" + ProcessHandle.current().pid());
    Path renamed = Files.createTempFile(NAME, ".tar");
    try {
      rename(archive, renamed, docker.image);
      succeed("load", "-q", "-i", renamed.toString());
    } finally {
      Files.delete(renamed);
    }
    return docker;
  }

  private static void rename(Path archive, Path to, String name) throws IOException {
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(archive));
        OutputStream file = Files.newOutputStream(to);
        TarArchiveOutputStream out = new TarArchiveOutputStream(file)) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        if (entry.getName().equals("manifest.json")) {
          content =
              new String(content, UTF_8)
                  .replaceFirst("\"RepoTags\":\\[[^]]*]", "\"RepoTags\":[\"" + name + "\"]")
                  .getBytes(UTF_8);
        }
        TarArchiveEntry copy = new TarArchiveEntry(entry.getName());
        copy.setSize(content.length);
        out.putArchiveEntry(copy);
        out.write(content);
        out.closeArchiveEntry();
      }
    }
  }

  /** Runs a program of the image in a container of its own. */
  Result run(List<String> options, String entryPoint, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("run", "--rm"));
    command.addAll(options);
    command.addAll(List.of("--entrypoint", entryPoint, image));
    command.addAll(Arrays.asList(arguments));
    return docker(command.toArray(String[]::new));
  }

  /** Starts one that stays, and is to be removed. */
  String start(List<String> options, String entryPoint, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("run", "-d"));
    command.addAll(options);
    command.addAll(List.of("--entrypoint", entryPoint, image));
    command.addAll(Arrays.asList(arguments));
    return succeed(command.toArray(String[]::new));
  }

  static String succeed(String... arguments) throws IOException, InterruptedException {
    Result result = docker(arguments);
    if (result.exitCode() != 0) {
      throw new IOException("docker " + String.join(" ", arguments) + ": " + result.output());
    }
    return result.output().strip();
  }

  static Result docker(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(Arrays.asList(arguments));
    Path output = Files.createTempFile(NAME, ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command + " does not end");
      }
      return new Result(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    succeed("rmi", image);
  }
}
