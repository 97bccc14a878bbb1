package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.envelope.HpkeIdentity;
import io.github.cachemesh.core.service.Exchanged;
import io.github.cachemesh.core.service.ServiceClient;
import io.github.cachemesh.core.service.ServiceException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A proxy between jobs and the service that ends TLS: it sees no value and forges no answer. */
final class BehindProxy implements Part {
  @Override
  public void show(Stage stage) throws Exception {
    stage.report().heading("A proxy that ends TLS");
    try (ServiceScene scene = new ServiceScene(stage);
        TerminatingProxy proxy =
            new TerminatingProxy(scene.certificates().server("proxy").context());
        RunningService service = scene.start(proxy.uri().toString())) {
      proxy.relayTo(service.uri());
      ServiceClient client = service.client(proxy.uri(), service.http());
      AtomicReference<byte[]> earlier = new AtomicReference<>(new byte[0]);
      proxy.meddleWithAnswers(
          (_, answer) -> {
            earlier.set(answer);
            return answer;
          });
      stage.report().same("the job has its value", ServiceScene.VALUE, ask(scene, client));
      String seen = new String(proxy.seen(), ISO_8859_1);
      stage
          .report()
          .fact(
              "the proxy saw the exchange and not the value",
              seen.contains(ServiceScene.NAME) && !holdsValue(seen),
              seen.length() + " characters");
      BinaryOperator<byte[]> flip =
          (_, answer) -> {
            byte[] flipped = answer.clone();
            flipped[stage.random().nextInt(flipped.length)] ^= 1;
            return flipped;
          };
      forges(stage, scene, client, proxy, "one bit of the answer", flip);
      forges(stage, scene, client, proxy, "an earlier answer", (_, _) -> earlier.get());
      forges(stage, scene, client, proxy, "no answer", (_, _) -> new byte[0]);
      takesForItself(stage, scene, client, proxy);
      asksTwice(stage, scene, client, proxy, service);
      proxy.leaveAlone();
      stage.report().same("left alone, it works again", ServiceScene.VALUE, ask(scene, client));
    }
  }

  private static boolean holdsValue(String text) {
    byte[] value = ServiceScene.VALUE.getBytes(UTF_8);
    return text.contains(ServiceScene.VALUE)
        || text.contains(
            Base64.getEncoder().withoutPadding().encodeToString(value).substring(0, 30));
  }

  private static void forges(
      Stage stage,
      ServiceScene scene,
      ServiceClient client,
      TerminatingProxy proxy,
      String what,
      BinaryOperator<byte[]> change)
      throws Exception {
    proxy.meddleWithAnswers(change);
    String answer = ask(scene, client);
    stage.report().fact(what, !answer.equals(ServiceScene.VALUE), answer);
    proxy.leaveAlone();
  }

  /** The proxy puts its own key into the request, to open the answer itself. */
  private static void takesForItself(
      Stage stage, ServiceScene scene, ServiceClient client, TerminatingProxy proxy)
      throws Exception {
    int before = scene.audit().read().size();
    try (HpkeIdentity own = HpkeIdentity.fresh(new SecureRandom())) {
      String key = Base64.getEncoder().encodeToString(own.recipient().bytes());
      proxy.meddleWithRequests(
          request -> {
            ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(request);
            return JsonMapper.shared().writeValueAsBytes(json.put("recipient", key));
          });
      String answer = ask(scene, client);
      boolean denied =
          scene.audit().since(before).stream()
              .anyMatch(line -> line.path("outcome").asString().equals("denied"));
      stage.report().fact("its own key in the request", denied, answer + ", audited: " + denied);
    }
    proxy.leaveAlone();
  }

  /** The proxy sends the request once for itself and once for the job. */
  private static void asksTwice(
      Stage stage,
      ServiceScene scene,
      ServiceClient client,
      TerminatingProxy proxy,
      RunningService service)
      throws Exception {
    int before = scene.audit().read().size();
    proxy.meddleWithRequests(
        request -> {
          proxy.send(service.uri().resolve("/v1/credentials"), request);
          return request;
        });
    String answer = ask(scene, client);
    boolean replayed =
        scene.audit().since(before).stream()
            .anyMatch(line -> line.path("why").asString().contains("used before"));
    stage.report().fact("the same request twice", answer.equals("REFUSED") && replayed, answer);
    proxy.leaveAlone();
  }

  private static String ask(ServiceScene scene, ServiceClient client) throws Exception {
    try (Exchanged answer =
        client.exchange(
            List.of(ServiceScene.NAME), audience -> scene.issuer().token(scene.job(), audience))) {
      return new String(answer.granted().getFirst().value(), UTF_8);
    } catch (ServiceException e) {
      return e.fault().name();
    }
  }
}
