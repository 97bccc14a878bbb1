package io.github.cachemesh.libp2p.negotiation;

import static io.github.cachemesh.libp2p.negotiation.Wire.A;
import static io.github.cachemesh.libp2p.negotiation.Wire.B;
import static io.github.cachemesh.libp2p.negotiation.Wire.BOTH;
import static io.github.cachemesh.libp2p.negotiation.Wire.lines;
import static io.github.cachemesh.libp2p.negotiation.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NegotiatorTest {
  private static final String HEADER = "/multistream/1.0.0";

  private final Proposer proposer = new Proposer(BOTH);
  private final Responder responder = new Responder(Set.of(B));

  @Test
  void firstProposalGoesOutWithTheHeader() {
    assertThat(text(proposer.output())).isEqualTo(text(HEADER, "/a/1"));
    assertThat(proposer.output().hasRemaining()).isFalse();
  }

  @Test
  void nextProposalFollowsRefusal() throws Exception {
    proposer.output();
    assertThat(proposer.take(lines(HEADER, "na"))).isNull();
    assertThat(text(proposer.output())).isEqualTo(text("/b/1"));
    assertThat(proposer.take(lines("/b/1"))).isEqualTo(B);
  }

  @Test
  void bytesBehindTheAgreementAreLeft() throws Exception {
    ByteBuffer answer = lines(HEADER, "/a/1", "first data");
    assertThat(proposer.take(answer)).isEqualTo(A);
    assertThat(text(answer)).isEqualTo(text("first data"));
  }

  @Test
  void proposerEndsWhenAllAreRefused() {
    assertThatExceptionOfType(NegotiationException.class)
        .isThrownBy(() -> proposer.take(lines(HEADER, "na", "na")))
        .withMessage("the peer speaks none of [/a/1, /b/1]");
  }

  @Test
  void anotherAnswerThanTheProposalIsRefused() {
    assertThatExceptionOfType(ProtocolViolationException.class)
        .isThrownBy(() -> proposer.take(lines(HEADER, "/b/1")));
  }

  @Test
  void anotherHeaderIsRefused() {
    for (Negotiator negotiator : List.of(proposer, responder)) {
      assertThatExceptionOfType(ProtocolViolationException.class)
          .isThrownBy(() -> negotiator.take(lines("/multistream/2.0.0")));
    }
  }

  @Test
  void responderAnswersHeaderAndProposalTogether() throws Exception {
    assertThat(responder.take(lines(HEADER, "/b/1"))).isEqualTo(B);
    assertThat(text(responder.output())).isEqualTo(text(HEADER, "/b/1"));
  }

  @Test
  void responderGreetsPeerThatWaitsForIt() throws Exception {
    assertThat(responder.take(lines(HEADER))).isNull();
    assertThat(text(responder.output())).isEqualTo(text(HEADER));
    assertThat(responder.take(lines("/b/1"))).isEqualTo(B);
    assertThat(text(responder.output())).isEqualTo(text("/b/1"));
  }

  @Test
  void unknownProposalsAreRefusedOneByOne() throws Exception {
    assertThat(responder.take(lines(HEADER, "/a/1", "nonsense", ""))).isNull();
    assertThat(text(responder.output())).isEqualTo(text(HEADER, "na", "na", "na"));
  }

  @Test
  void endlessProposalsEndTheNegotiation() throws Exception {
    responder.take(lines(HEADER));
    for (int i = 1; i < Responder.MAX_REQUESTS; i++) {
      responder.take(lines("/a/1"));
    }
    assertThatExceptionOfType(NegotiationException.class)
        .isThrownBy(() -> responder.take(lines("/a/1")));
  }

  @Test
  void listIsOneMessageOfLines() throws Exception {
    Responder both = new Responder(new LinkedHashSet<>(BOTH));
    assertThat(both.take(lines(HEADER, "ls"))).isNull();
    assertThat(text(both.output()))
        .isEqualTo(text(HEADER) + (char) 13 + text("/a/1") + text("/b/1") + "\n");
    assertThat(both.take(lines("/a/1"))).isEqualTo(A);
  }

  @Test
  void longListIsRefused() throws Exception {
    Set<ProtocolId> many =
        IntStream.range(0, 300)
            .mapToObj(i -> new ProtocolId("/p/" + i))
            .collect(Collectors.toSet());
    Responder responder = new Responder(many);
    responder.take(lines(HEADER, "ls"));
    assertThat(text(responder.output())).isEqualTo(text(HEADER, "na"));
  }

  @Test
  void bothEndsAgreeWithHeadersCrossing() throws Exception {
    ByteBuffer up = proposer.output();
    responder.take(lines(HEADER));
    assertThat(proposer.take(responder.output())).isNull();
    up.position(HEADER.length() + 2);
    assertThat(responder.take(up)).isNull();
    assertThat(proposer.take(responder.output())).isNull();
    assertThat(responder.take(proposer.output())).isEqualTo(B);
    assertThat(proposer.take(responder.output())).isEqualTo(B);
  }
}
