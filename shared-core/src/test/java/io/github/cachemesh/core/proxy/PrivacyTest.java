package io.github.cachemesh.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.http.CachePolicy.Freshness;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.proxy.PrivacySteps.Tiers;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Nobody is given what GitHub would not give them, whatever happens in whatever order. */
class PrivacyTest {
  private static final int TRIES_TO_FIND_A_BUG = 400;
  private static GitHubSimulator github;

  @BeforeContainer
  static void startGitHub() throws IOException {
    github =
        GitHubSimulator.builder()
            .repositories(1)
            .sizes(5, 2, 1)
            .privateRepository("octo-org/secret")
            .withoutSecondaryLimits()
            .token(Rig.ALICE)
            .token(Rig.BOB)
            .token(Rig.EVE)
            .start();
  }

  @AfterContainer
  static void stopGitHub() {
    github.close();
  }

  @Provide
  Arbitrary<List<PrivacySteps>> steps() {
    return PrivacySteps.sequences();
  }

  @Property(tries = 150)
  void nobodyIsGivenWhatGitHubWouldNotGiveThem(
      @ForAll("steps") List<PrivacySteps> steps, @ForAll Tiers tiers, @ForAll Freshness freshness)
      throws IOException {
    assertThat(violation(steps, tiers, freshness, PrivacyWorld.Parts.RIGHT)).isEmpty();
  }

  private static Optional<String> violation(
      List<PrivacySteps> steps, Tiers tiers, Freshness freshness, PrivacyWorld.Parts parts)
      throws IOException {
    try (PrivacyWorld world = new PrivacyWorld(github, freshness, tiers, parts)) {
      return world.violation(steps);
    }
  }

  private static boolean isFound(PrivacyWorld.Parts bug, Freshness freshness) throws IOException {
    List<List<PrivacySteps>> samples;
    try (Stream<List<PrivacySteps>> all =
        PrivacySteps.sequences().generator(TRIES_TO_FIND_A_BUG).stream(new Random(7))
            .map(shrinkable -> shrinkable.value())) {
      samples = all.limit(TRIES_TO_FIND_A_BUG).toList();
    }
    for (List<PrivacySteps> steps : samples) {
      if (violation(steps, Tiers.MEMORY, freshness, bug).isPresent()) {
        return true;
      }
    }
    return false;
  }

  @Example
  void missingCheckOfThePrincipalIsFound() throws IOException {
    Principal everybody = new Principal("everybody");
    PrivacyWorld.Parts bug =
        new PrivacyWorld.Parts(
            _ -> everybody,
            PrivacyWorld.Parts.RIGHT.upstream(),
            PrivacyWorld.Parts.RIGHT.flightKeys());

    assertThat(isFound(bug, Freshness.TTL)).isTrue();
  }

  @Example
  void datesAcrossTokensAreFound() throws IOException {
    PrivacyWorld.Parts bug =
        new PrivacyWorld.Parts(
            PrivacyWorld.Parts.RIGHT.principals(),
            DatedUpstream::new,
            PrivacyWorld.Parts.RIGHT.flightKeys());

    assertThat(isFound(bug, Freshness.REVALIDATE)).isTrue();
  }

  @Example
  void coalescingAcrossPrincipalsIsFound() throws IOException {
    PrivacyWorld.Parts bug =
        new PrivacyWorld.Parts(
            PrivacyWorld.Parts.RIGHT.principals(),
            PrivacyWorld.Parts.RIGHT.upstream(),
            Optional.of((request, _, epoch) -> List.of(request.key(), epoch)));

    assertThat(isFound(bug, Freshness.REVALIDATE)).isTrue();
  }

  /** Asks by the date that any token was told, in place of the tag. */
  private static final class DatedUpstream implements Upstream {
    private final Upstream github;
    private final Map<String, String> dates = new ConcurrentHashMap<>();

    DatedUpstream(Upstream github) {
      this.github = github;
    }

    @Override
    public Response send(Message message) throws IOException {
      String date = dates.get(message.url());
      Fields fields = message.fields();
      if (date != null && fields.has("If-None-Match")) {
        fields = fields.without("If-None-Match").with("If-Modified-Since", date);
      }
      Response response =
          github.send(
              new Message(
                  message.method(),
                  message.url(),
                  fields,
                  message.content(),
                  message.unpacked(),
                  message.abort()));
      response.fields().first("Last-Modified").ifPresent(seen -> dates.put(message.url(), seen));
      return response;
    }

    @Override
    public void close() {
      github.close();
    }
  }
}
