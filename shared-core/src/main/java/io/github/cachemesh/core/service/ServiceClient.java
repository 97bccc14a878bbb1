package io.github.cachemesh.core.service;

import io.github.cachemesh.actions.EnvironmentProxies;
import io.github.cachemesh.actions.PromptSockets;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.HpkeIdentity;
import io.github.cachemesh.core.envelope.HpkeRecipient;
import io.github.cachemesh.core.envelope.VerifyingKey;
import io.github.cachemesh.core.github.ProxyCredentials;
import io.github.cachemesh.core.proxy.TrustedCertificates;
import io.github.cachemesh.core.service.ServiceException.Fault;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/**
 * Asks the service for credentials, and gives minted ones back. It believes nothing but what the
 * service's key signed over its very request; every request has a key of its own, to which the
 * answer is sealed and which its token names.
 *
 * <p>A request that found nobody, or a service that was busy, is made again with a fresh key and a
 * fresh token, at most twice, after 250 ms and 1 s; what was refused or is not authentic is not.
 * Thread-safe; blocks, for at most 30 s a request besides getting tokens.
 */
public final class ServiceClient {
  /** How many credentials can be asked for at once. */
  public static final int MAX_NAMES = Wire.MAX_NAMES;

  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(250), Duration.ofSeconds(1));
  private static final int ID_BYTES = 12;

  private final ServiceUrl service;
  private final VerifyingKey key;
  private final Post post;
  private final SecureRandom random;
  private final Pause pause;

  /**
   * A client of one service.
   *
   * @param service as the service itself is told its URL
   * @param key the service's own, as whoever runs it hands it out
   * @param http says which proxies and certificates are used; remains the caller's
   */
  public ServiceClient(
      ServiceUrl service, VerifyingKey key, OkHttpClient http, SecureRandom random) {
    this(service, key, http, random, ServiceClient::rest);
  }

  ServiceClient(
      ServiceUrl service, VerifyingKey key, OkHttpClient http, SecureRandom random, Pause pause) {
    this.service = service;
    this.key = key;
    this.post = new Post(http);
    this.random = random;
    this.pause = pause;
  }

  /** What to ask with: through the environment's proxies, trusting those certificates. */
  public static OkHttpClient http(EnvironmentProxies proxies, TrustedCertificates trust) {
    return new OkHttpClient.Builder()
        .socketFactory(new PromptSockets())
        .proxySelector(proxies)
        .proxyAuthenticator(new ProxyCredentials(proxies))
        .sslSocketFactory(trust.socketFactory(), trust.manager())
        .build();
  }

  private static void rest(Duration duration) throws InterruptedException {
    boolean _ = new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Asks for credentials.
   *
   * @param names 1 to {@link #MAX_NAMES}, each once
   * @param tokens asked for one token a request
   * @return which of them are granted and which are not; the caller closes it
   * @throws ServiceException when the service gives no answer, or refuses the token
   * @throws IllegalArgumentException when the names cannot be asked for
   */
  public Exchanged exchange(List<String> names, TokenSource tokens)
      throws ServiceException, InterruptedException {
    if (names.isEmpty() || names.size() > MAX_NAMES || Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "1 to %d different credentials can be asked for at once, not %d"
              .formatted(MAX_NAMES, names.size()));
    }
    for (String name : names) {
      if (!Wire.NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "a credential's name has 1 to 200 letters, digits, dots, dashes, slashes and"
                + " underscores and begins with a letter, a digit or an underscore");
      }
    }
    ServiceAnswer answer =
        answer(
            Wire.CREDENTIALS_PAGE,
            (id, recipient) -> {
              String token = tokens.token(service.audience(recipient));
              return new Asking.ForCredentials(id, recipient, names, token);
            });
    if (answer instanceof ServiceAnswer.Credentials(Exchanged exchanged)
        && answers(exchanged, names)) {
      return exchanged;
    }
    throw otherAnswer();
  }

  /** Whether each name is there once, and no other. */
  private static boolean answers(Exchanged exchanged, List<String> names) {
    List<String> answered = new ArrayList<>();
    exchanged.granted().forEach(granted -> answered.add(granted.name()));
    exchanged.denied().forEach(denied -> answered.add(denied.name()));
    return answered.size() == names.size() && new HashSet<>(names).equals(Set.copyOf(answered));
  }

  /**
   * Gives leases back, so that their credentials end. Can be repeated.
   *
   * @param leases any number
   * @return what became of each, in their order
   * @throws ServiceException when the service gives no answer; some may have been revoked
   */
  public List<Released> release(List<Lease> leases) throws ServiceException, InterruptedException {
    List<Released> all = new ArrayList<>();
    for (int from = 0; from < leases.size(); from += Wire.MAX_LEASES) {
      List<Lease> part = leases.subList(from, Math.min(leases.size(), from + Wire.MAX_LEASES));
      ServiceAnswer answer =
          answer(Wire.RELEASE_PAGE, (id, recipient) -> new Asking.ForRelease(id, recipient, part));
      if (!(answer instanceof ServiceAnswer.Releases(List<Released> released))
          || released.size() != part.size()) {
        throw otherAnswer();
      }
      all.addAll(released);
    }
    return all;
  }

  private static ServiceException otherAnswer() {
    return new ServiceException(
        Fault.UNUSABLE,
        "the service answers something else than was asked: it may be of another version");
  }

  private interface AskingMaker {
    Asking make(String id, HpkeRecipient recipient) throws InterruptedException;
  }

  private ServiceAnswer answer(String page, AskingMaker maker)
      throws ServiceException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        return answerOnce(page, maker);
      } catch (ServiceException e) {
        boolean again = e.fault() == Fault.UNREACHABLE || e.fault() == Fault.BUSY;
        if (!again || attempt == PAUSES.size()) {
          throw e;
        }
      }
      pause.pause(PAUSES.get(attempt));
    }
  }

  private ServiceAnswer answerOnce(String page, AskingMaker maker)
      throws ServiceException, InterruptedException {
    try (HpkeIdentity identity = HpkeIdentity.fresh(random)) {
      byte[] request = maker.make(freshId(), identity.recipient()).bytes();
      ServiceAnswer answer = opened(post.send(service.page(page), request), request, identity);
      if (answer instanceof ServiceAnswer.Refused(String reason)) {
        throw new ServiceException(Fault.REFUSED, "the service refuses: " + reason);
      }
      return answer;
    }
  }

  private ServiceAnswer opened(byte[] sealed, byte[] request, HpkeIdentity identity)
      throws ServiceException {
    byte[] content = {};
    try {
      content = SealedAnswer.open(sealed, request, identity, key);
      return ServiceAnswer.read(content);
    } catch (EnvelopeException | MalformedMessageException e) {
      throw new ServiceException(
          Fault.NOT_AUTHENTIC,
          e.getMessage()
              + ": compare service-key with the key that the service prints when it starts, and see"
              + " what stands between here and "
              + service);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private String freshId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }
}
