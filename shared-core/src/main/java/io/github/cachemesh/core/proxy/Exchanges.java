package io.github.cachemesh.core.proxy;

import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.Request;
import io.github.cachemesh.core.stats.Exchange;
import io.github.cachemesh.core.stats.Statistics;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Answers whatever a listener takes in: sends it to where it belongs, turns failures into answers,
 * counts.
 *
 * <p>Thread-safe. {@link #answer} blocks, {@link #immediately} does not. Neither throws.
 */
final class Exchanges {
  private final Destinations destinations;
  private final Gateway gateway;
  private final PassThrough passThrough;
  private final OwnPages ownPages;
  private final Statistics statistics;

  Exchanges(
      Destinations destinations,
      Gateway gateway,
      PassThrough passThrough,
      OwnPages ownPages,
      Statistics statistics) {
    this.destinations = destinations;
    this.gateway = gateway;
    this.passThrough = passThrough;
    this.ownPages = ownPages;
    this.statistics = statistics;
  }

  /**
   * A request as a listener took it in.
   *
   * @param rawTarget as it came
   * @param host the Host field, or the authority of a target in absolute form
   * @param target in origin form
   */
  record Incoming(
      String method,
      String rawTarget,
      String host,
      String target,
      Fields fields,
      Optional<Upstream.RequestContent> content,
      AbortSignal abort) {}

  /** The answer where memory alone can give it. */
  Optional<Reply> immediately(Incoming incoming, Listener listener) {
    try {
      return resolve(incoming, listener) instanceof Destination.Api api
          ? gateway
              .immediately(request(incoming, api.origin(), api.target()))
              .map(reply -> based(reply, api))
          : Optional.empty();
    } catch (RuntimeException e) {
      Mishap.log("could not look into memory", e);
      return Optional.empty();
    }
  }

  Reply answer(Incoming incoming, Listener listener) {
    try {
      return answered(incoming, listener);
    } catch (RuntimeException e) {
      Mishap.log("could not answer a request", e);
      return Problem.reply(500, "this request could not be answered: " + e.getClass().getName());
    }
  }

  private Reply answered(Incoming incoming, Listener listener) {
    return switch (resolve(incoming, listener)) {
      case Destination.Nowhere() -> Problem.NOTHING_HERE;
      case Destination.Refused refused -> Problem.reply(refused.status(), refused.reason());
      case Destination.Own own -> own(incoming, own, listener);
      case Destination.Host host -> elsewhere(incoming, host, listener);
      case Destination.Api api -> fromApi(incoming, api, listener);
    };
  }

  private Destination resolve(Incoming incoming, Listener listener) {
    return listener
        .secretBase()
        .map(base -> destinations.resolve(incoming.rawTarget(), base))
        .orElseGet(
            () ->
                destinations.resolve(
                    incoming.host(), incoming.target(), listener.own(), listener.relayed()));
  }

  private Reply own(Incoming incoming, Destination.Own own, Listener listener) {
    String rest = own.target().substring(Destinations.OWN_PREFIX.length());
    int mark = rest.indexOf('?');
    Request request =
        new Request(incoming.method(), incoming.host(), own.target(), incoming.fields());
    OwnPages.Page page =
        ownPages.answer(request, mark < 0 ? rest : rest.substring(0, mark), listener.trusted());
    return new Reply(
        page.status(),
        page.fields().with(CacheStatus.FIELD, CacheStatus.OWN_ANSWER.text()),
        new Reply.Content.Whole(page.body()),
        Account.NONE);
  }

  private Reply fromApi(Incoming incoming, Destination.Api api, Listener listener) {
    Request request = request(incoming, api.origin(), api.target());
    try {
      Reply reply =
          gateway.answer(
              request, url(api.origin(), api.target()), incoming.content(), incoming.abort());
      allowLocation(reply, listener);
      return based(reply, api);
    } catch (IOException e) {
      return failed(e, api.origin(), Account.failed(request));
    }
  }

  private Reply elsewhere(Incoming incoming, Destination.Host host, Listener listener) {
    Request request = request(incoming, host.origin(), host.target());
    try {
      Reply reply =
          passThrough.elsewhere(
              request, url(host.origin(), host.target()), incoming.content(), incoming.abort());
      allowLocation(reply, listener);
      return reply;
    } catch (IOException e) {
      return failed(e, host.origin(), Account.NONE);
    }
  }

  private static Request request(Incoming incoming, URI origin, String target) {
    return new Request(incoming.method(), origin.getRawAuthority(), target, incoming.fields());
  }

  private static String url(URI origin, String target) {
    return origin + target;
  }

  private static Reply based(Reply reply, Destination.Api api) {
    return api.base().map(base -> reply.withFields(base.applied(reply.fields()))).orElse(reply);
  }

  private static void allowLocation(Reply reply, Listener listener) {
    reply
        .fields()
        .first("Location")
        .flatMap(Exchanges::authority)
        .ifPresent(listener.relayed()::allow);
  }

  private static Optional<String> authority(String location) {
    try {
      URI url = URI.create(location);
      return "https".equalsIgnoreCase(url.getScheme())
          ? Optional.ofNullable(url.getRawAuthority()).map(Destinations::withoutHttpsPort)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Reply failed(IOException failure, URI origin, Account account) {
    boolean timeout = failure instanceof SocketTimeoutException;
    Reply problem =
        Problem.reply(
            timeout ? 504 : 502,
            origin.getRawAuthority()
                + (timeout ? " did not answer in time" : " could not be asked")
                + ": "
                + failure.getClass().getSimpleName());
    Fields fields =
        problem
            .fields()
            .with(
                CacheStatus.FIELD, CacheStatus.unanswered("miss").detail("upstream-failed").text());
    return new Reply(problem.status(), fields, problem.content(), account);
  }

  /**
   * Counts a reply that has been written.
   *
   * @param bytesToClient of its body
   */
  void written(Reply reply, long bytesToClient, Duration latency) {
    Account account = reply.account();
    if (!account.counted()) {
      return;
    }
    boolean streamed = reply.content() instanceof Reply.Content.Streamed;
    statistics.record(
        new Exchange(
            account.pool(),
            account.answer(),
            account.pointsWithoutCache(),
            account.pointsCharged(),
            account.upstreamRequests(),
            bytesToClient,
            account.bytesFromUpstream() + (streamed ? bytesToClient : 0),
            latency));
  }
}
