package io.github.cachemesh.e2e.credentials;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The key of a store in a real Secret Service: gnome-keyring on a D-Bus session of its own. It is
 * there in the next session, and where there is no session nothing is opened.
 */
final class SecretService implements Part {
  @Override
  public void show(Stage stage) throws Exception {
    stage.report().heading("A key in the keyring of the system");
    Path store = stage.folder("store").resolve("credentials.cmstore");
    Program ours = stage.credentials();
    Program session =
        new Program(List.of("dbus-run-session", "--"), ours.environment())
            .with("HOME", stage.folder("home").toString())
            .with("XDG_DATA_HOME", stage.folder("home/data").toString())
            .with("XDG_RUNTIME_DIR", stage.folder("home/run").toString())
            .with("CACHEMESH", ours.command().getFirst())
            .with("STORE", store.toString())
            .and(Path.of("e2e/credentials/keyring").toAbsolutePath().toString());
    Ran first = session.and("first").run();
    stage.report().same("made, set and got", "value in the keyring's store", last(first));
    Ran second = session.and("second").run();
    stage.report().same("got in the next session", "value in the keyring's store", last(second));
    String id =
        JsonMapper.shared()
            .readTree(ours.and("list", "--json", "--store", store.toString()).run().output())
            .path("store")
            .asString();
    stage
        .report()
        .fact(
            "another client of the Secret Service finds the key",
            first.out().contains("kept by the Secret Service for " + id),
            id);
    Ran none = ours.and("get", "OF_KEYRING", "--store", store.toString(), "--keyring").run();
    stage.report().fact("without a session: refused", none.refusedFor("keyring"), none.brief());
  }

  private static String last(Ran ran) {
    return ran.succeeded() ? ran.out().lines().reduce("", (_, line) -> line) : ran.brief();
  }
}
