package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.core.envelope.HpkeIdentity;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.SigningKey;
import io.github.cachemesh.core.envelope.VerifyingKey;
import io.github.cachemesh.core.service.ServiceException.Fault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceClientTest {
  private static final Instant EXPIRES = Instant.parse("2026-01-01T00:00:00Z");
  private static final String MARKER = "marker-4f1d0c7a93b2";

  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> audiences = new ArrayList<>();
  private FakeService service;

  private void serve(FakeService.Answering answering) throws Exception {
    service = new FakeService(answering);
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void grantsAndDenialsOfTheServiceAreTheAnswer() throws Exception {
    serve(request -> FakeService.response(service.sealed(answer(), request, service.key)));

    try (Exchanged exchanged = exchange()) {
      assertThat(exchanged.granted())
          .singleElement()
          .satisfies(
              granted -> {
                assertThat(granted.name()).isEqualTo("KEY");
                assertThat(granted.value()).isEqualTo(MARKER.getBytes(UTF_8));
                assertThat(granted.export()).isEqualTo(Export.FILE);
                assertThat(granted.expires()).isEqualTo(EXPIRES);
                assertThat(granted.grant()).isEqualTo("deploy");
                assertThat(granted.lease()).contains(Lease.parse("lease"));
                assertThat(granted.toString()).doesNotContain(MARKER);
              });
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential("OTHER", DeniedCredential.Reason.NOT_GRANTED));
    }
  }

  @Test
  void tokenIsForThisServiceAndTheKeyOfThisRequest() throws Exception {
    serve(request -> FakeService.response(service.sealed(answer(), request, service.key)));
    exchange().close();

    Asking.ForCredentials sent = Asking.ForCredentials.read(service.requests.getFirst());
    assertThat(audiences).containsExactly(service.url().audience(sent.recipient()));
    assertThat(sent.token()).isEqualTo("token 1");
    assertThat(sent.names()).containsExactly("KEY", "OTHER");
  }

  @Test
  void answerByAnotherKeyIsRefused() throws Exception {
    try (SigningKey other = KeyKind.SIGNING.fresh(new SecureRandom())) {
      serve(request -> FakeService.response(service.sealed(answer(), request, other)));

      assertFault(Fault.NOT_AUTHENTIC, "not signed by the service's key");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 63, 64, 100, -1})
  void answerThatIsChangedOnItsWayIsRefused(int at) throws Exception {
    serve(
        request -> {
          byte[] sealed = service.sealed(answer(), request, service.key);
          sealed[at < 0 ? sealed.length - 1 : at] ^= 1;
          return FakeService.response(sealed);
        });

    assertFault(Fault.NOT_AUTHENTIC, "not signed by the service's key");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 64, 90})
  void answerThatIsCutIsRefused(int length) throws Exception {
    serve(
        request ->
            FakeService.response(
                Arrays.copyOf(service.sealed(answer(), request, service.key), length)));

    assertFault(Fault.NOT_AUTHENTIC, "not signed by the service's key");
  }

  @Test
  void answerToAnEarlierRequestIsRefused() throws Exception {
    List<byte[]> answers = new ArrayList<>();
    serve(
        request -> {
          answers.add(service.sealed(answer(), request, service.key));
          return FakeService.response(answers.getFirst());
        });
    exchange().close();

    assertFault(Fault.NOT_AUTHENTIC, "not signed by the service's key for this request");
  }

  @Test
  void answerToAChangedRequestIsRefused() throws Exception {
    serve(
        request -> {
          Asking.ForCredentials asked = Asking.ForCredentials.read(request);
          byte[] changed =
              new Asking.ForCredentials(
                      asked.id(), asked.recipient(), List.of("KEY"), asked.token())
                  .bytes();
          return FakeService.response(service.sealed(answer(), changed, service.key));
        });

    assertFault(Fault.NOT_AUTHENTIC, "not signed by the service's key for this request");
  }

  @Test
  void answerThatSomebodyBetweenCanOpenIsRefused() throws Exception {
    serve(
        request -> {
          try (HpkeIdentity between = HpkeIdentity.fresh(service.random)) {
            return FakeService.response(
                SealedAnswer.make(
                    answer().bytes(), request, between.recipient(), service.key, service.random));
          }
        });

    assertFault(Fault.NOT_AUTHENTIC, "sealed to another key");
  }

  @Test
  void refusalByTheServiceSaysWhyAndIsNotTriedAgain() throws Exception {
    serve(
        request ->
            FakeService.response(
                service.sealed(
                    new ServiceAnswer.Refused("the token was used before"), request, service.key)));

    assertFault(Fault.REFUSED, "the service refuses: the token was used before");
    assertThat(service.requests).hasSize(1);
  }

  @Test
  void answerWithOtherNamesIsRefused() throws Exception {
    serve(
        request ->
            FakeService.response(
                service.sealed(
                    new ServiceAnswer.Credentials(new Exchanged(List.of(), List.of())),
                    request,
                    service.key)));

    assertFault(Fault.UNUSABLE, "something else than was asked");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void busyServiceIsAskedAgainWithAFreshKeyAndToken(int status) throws Exception {
    serve(
        request ->
            service.requests.size() < 3
                ? new MockResponse.Builder().code(status).build()
                : FakeService.response(service.sealed(answer(), request, service.key)));

    exchange().close();

    assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofSeconds(1));
    assertThat(audiences).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void serviceThatStaysBusyIsGivenUp() throws Exception {
    serve(_ -> new MockResponse.Builder().code(503).build());

    assertFault(Fault.BUSY, "status 503");
    assertThat(service.requests).hasSize(3);
  }

  @Test
  void pageOfAnotherServerIsNoAnswer() throws Exception {
    serve(_ -> new MockResponse.Builder().code(200).body("<html>Sign in</html>").build());

    assertFault(Fault.UNUSABLE, "status 200 and nothing sealed");
    assertThat(service.requests).hasSize(1);
  }

  @Test
  void redirectIsNotFollowed() throws Exception {
    serve(
        _ ->
            new MockResponse.Builder()
                .code(307)
                .addHeader("Location", service.url() + "/elsewhere")
                .build());

    assertFault(Fault.UNUSABLE, "status 307");
    assertThat(service.requests).hasSize(1);
  }

  @Test
  void serviceThatIsNotThereIsAskedThreeTimes() throws Exception {
    serve(_ -> new MockResponse.Builder().build());
    service.close();

    assertFault(Fault.UNREACHABLE, "does not answer");
    assertThat(pauses).hasSize(2);
  }

  @Test
  void serverWithoutATrustedCertificateIsRefused() throws Exception {
    serve(_ -> new MockResponse.Builder().build());
    ServiceClient client =
        new ServiceClient(
            service.url(),
            service.key.verifyingKey(),
            new OkHttpClient(),
            service.random,
            pauses::add);

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> client.exchange(List.of("KEY"), _ -> "token"))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.UNREACHABLE));
    assertThat(service.requests).isEmpty();
  }

  @Test
  void namesThatCannotBeAskedForAreRefusedBeforeATokenIsSpent() throws Exception {
    serve(_ -> new MockResponse.Builder().build());
    List<String> tooMany =
        IntStream.rangeClosed(0, ServiceClient.MAX_NAMES).mapToObj(i -> "N" + i).toList();

    for (List<String> names :
        List.of(List.<String>of(), List.of("A", "A"), List.of("A B"), tooMany)) {
      assertThatIllegalArgumentException().isThrownBy(() -> client().exchange(names, this::token));
    }
    assertThat(audiences).isEmpty();
  }

  @Test
  void leasesAreGivenBackInPartsThatFit() throws Exception {
    serve(
        request -> {
          Asking.ForRelease asked = Asking.ForRelease.read(request);
          List<Released> released = asked.leases().stream().map(_ -> Released.REVOKED).toList();
          return FakeService.response(
              SealedAnswer.make(
                  new ServiceAnswer.Releases(released).bytes(),
                  request,
                  asked.recipient(),
                  service.key,
                  service.random));
        });
    List<Lease> leases = IntStream.range(0, 20).mapToObj(i -> Lease.parse("lease" + i)).toList();

    assertThat(client().release(leases)).hasSize(20).containsOnly(Released.REVOKED);
    assertThat(service.requests).hasSize(2);
  }

  @Test
  void closedAnswerHoldsNoValue() throws Exception {
    serve(request -> FakeService.response(service.sealed(answer(), request, service.key)));
    Exchanged exchanged = exchange();
    exchanged.close();

    assertThat(exchanged.granted().getFirst().value()).containsOnly(0);
  }

  private static ServiceAnswer answer() {
    return new ServiceAnswer.Credentials(
        new Exchanged(
            List.of(
                new GrantedCredential(
                    "KEY",
                    MARKER.getBytes(UTF_8),
                    Export.FILE,
                    EXPIRES,
                    "deploy",
                    Optional.of(Lease.parse("lease")))),
            List.of(new DeniedCredential("OTHER", DeniedCredential.Reason.NOT_GRANTED))));
  }

  private Exchanged exchange() throws Exception {
    return client().exchange(List.of("KEY", "OTHER"), this::token);
  }

  private ServiceClient client() {
    VerifyingKey key = service.key.verifyingKey();
    return new ServiceClient(service.url(), key, service.http(), service.random, pauses::add);
  }

  private String token(String audience) {
    audiences.add(audience);
    return "token " + audiences.size();
  }

  private void assertFault(Fault fault, String message) {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(this::exchange)
        .withMessageContaining(message)
        .withMessageNotContaining(MARKER)
        .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
  }
}
