package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.service.Exchanged;
import io.github.cachemesh.core.service.ServiceClient;
import io.github.cachemesh.core.service.ServiceException;
import io.github.cachemesh.e2e.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Two services on one store and one state, of which one dies; then all is lost and restored. */
final class Replicas implements Part {
  private static final int REQUESTS = 40;
  private static final int THREADS = 8;

  @Override
  public void show(Stage stage) throws Exception {
    stage.report().heading("Two replicas, backup and restore");
    try (ServiceScene scene = new ServiceScene(stage)) {
      Path backup = stage.folder("backup");
      try (RunningService one = scene.start();
          RunningService two = scene.start()) {
        stage.report().same("both have one key", one.key(), two.key());
        int right = atOnce(scene, List.of(one.client(one.http()), two.client(two.http())));
        stage.report().same("requests to both at once, answered right", REQUESTS, right);
        intact(stage, scene, "the audit log of both", REQUESTS);
        one.kill();
        scene.store().set(ServiceScene.NAME, "a newer value", Anchor.none());
        stage
            .report()
            .same(
                "one killed, the other has the newer value",
                "a newer value",
                ask(scene, two, "before"));
        copy(scene.state(), backup.resolve("state"));
        var _ =
            stage
                .credentials("export", "--store", scene.store().file().toString())
                .and("--backup", backup.resolve("copy.cmstore").toString())
                .and("--audit-dir", scene.audit().folder().toString())
                .and("--audit-key-file", scene.state().resolve("audit.key").toString())
                .run()
                .output();
      }
      restored(stage, scene, backup);
    }
  }

  private static void restored(Stage stage, ServiceScene scene, Path backup) throws Exception {
    Trees.delete(scene.state());
    Files.delete(scene.store().file());
    copy(backup.resolve("state"), scene.state());
    Ran put =
        stage
            .credentials("import", "--backup", backup.resolve("copy.cmstore").toString(), "--yes")
            .and("--store", scene.store().file().toString())
            .and("--key-file", scene.store().key().toString())
            .and("--audit-dir", scene.audit().folder().toString())
            .and("--audit-key-file", scene.state().resolve("audit.key").toString())
            .run();
    stage.report().fact("the copy is put back", put.succeeded(), put.brief());
    try (RunningService again = scene.start()) {
      stage.report().same("it serves", "a newer value", ask(scene, again, "after"));
      stage.report().same("and knows the tokens of before", "REFUSED", ask(scene, again, "before"));
    }
    intact(stage, scene, "the audit log goes on", REQUESTS + 3);
    Files.copy(
        backup.resolve("copy.cmstore"), scene.store().file(), StandardCopyOption.REPLACE_EXISTING);
    String start;
    try (RunningService _ = scene.start()) {
      start = "it started";
    } catch (IOException e) {
      start = String.valueOf(e.getMessage()).strip();
    }
    stage
        .report()
        .fact("a copy that is only copied back is refused", start.contains("old copy"), start);
  }

  private static void intact(Stage stage, ServiceScene scene, String what, int least)
      throws Exception {
    Ran verdict =
        stage
            .credentials("audit", "verify", "--audit-dir", scene.audit().folder().toString())
            .and("--audit-key-file", scene.state().resolve("audit.key").toString())
            .run();
    int lines = scene.audit().read().size();
    stage
        .report()
        .fact(
            what,
            verdict.succeeded() && lines >= least,
            "%d lines, %s".formatted(lines, verdict.out().lines().findFirst().orElse("")));
  }

  private static int atOnce(ServiceScene scene, List<ServiceClient> clients) throws Exception {
    List<Future<Boolean>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < REQUESTS; i++) {
        ServiceClient client = clients.get(i % clients.size());
        String jti = "at-once-" + i;
        all.add(threads.submit(() -> ask(scene, client, jti).equals(ServiceScene.VALUE)));
      }
    }
    int right = 0;
    for (Future<Boolean> one : all) {
      right += one.get() ? 1 : 0;
    }
    return right;
  }

  private static String ask(ServiceScene scene, RunningService service, String jti)
      throws Exception {
    return ask(scene, service.client(service.http()), jti);
  }

  private static String ask(ServiceScene scene, ServiceClient client, String jti) throws Exception {
    try (Exchanged answer =
        client.exchange(
            List.of(ServiceScene.NAME),
            audience -> scene.issuer().forge(scene.job(), audience).with("jti", jti))) {
      return new String(answer.granted().getFirst().value(), UTF_8);
    } catch (ServiceException e) {
      return e.fault().name();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
