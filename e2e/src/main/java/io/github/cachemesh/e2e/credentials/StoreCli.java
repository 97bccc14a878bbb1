package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;

/**
 * A store of a user of the command line.
 *
 * @param key of its owner
 * @param state what the host remembers of stores; another folder is another host
 */
record StoreCli(Stage stage, Path file, Path key, Path state) {
  /** Makes an empty store. */
  static StoreCli init(Stage stage, String name) throws Exception {
    Path folder = stage.folder(name);
    StoreCli made =
        new StoreCli(
            stage,
            folder.resolve("credentials.cmstore"),
            folder.resolve("owner.key"),
            stage.folder().resolve(name + "-state"));
    var _ =
        stage
            .credentials("init", "--store", made.file.toString())
            .and("--new-key-file", made.key.toString())
            .run()
            .output();
    return made;
  }

  /** The same store as another host sees it, or one that is put in its place. */
  StoreCli onHost(String name) {
    return new StoreCli(stage, file, key, stage.folder().resolve(name));
  }

  /** A command about this store. */
  Program command(String... words) {
    return stage
        .credentials(words)
        .and("--store", file.toString(), "--key-file", key.toString())
        .and("--state-dir", state.toString());
  }

  /** What can be seen without a key. */
  String listed() throws Exception {
    return stage
        .credentials("list", "--json", "--store", file.toString(), "--state-dir", state.toString())
        .run()
        .output();
  }

  Program setting(String name) {
    return command("set", name, "--scope", "global", "--expires", "never", "--stdin");
  }

  void set(String name, String value) throws Exception {
    var _ = setting(name).run(value.getBytes(UTF_8)).output();
  }

  Ran get(String name) throws Exception {
    return command("get", name).run();
  }
}
