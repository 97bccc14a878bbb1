package io.github.cachemesh.libp2p.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.Reactor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MultiaddrResolverTest {
  private static final String PEER = "/p2p/12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA";
  private static final String OTHER = "/p2p/QmbLHAnMoJPWSCR5Zhtx6BHJX9KiKNN6tpvbUcqanj75Nb";

  private static Reactor reactor;
  private static NameServer server;
  private static MultiaddrResolver resolver;

  @BeforeAll
  static void start() throws Exception {
    List<String> records = new ArrayList<>();
    records.add("--host-record=both.test,127.0.0.7,::7");
    records.add("--host-record=many.test,127.0.0.1");
    records.add("--cname=alias.test,both.test");
    link(records, "boot.test", "/ip4/127.0.0.9/tcp/4001" + PEER);
    link(records, "boot.test", "/dns4/both.test/udp/4001/quic-v1" + PEER);
    link(records, "boot.test", "/ip4/127.0.0.10/tcp/4001" + OTHER);
    link(records, "boot.test", "/ip4/256.1.1.1/tcp/1" + PEER);
    records.add("--txt-record=_dnsaddr.boot.test,something else");
    link(records, "outer.test", "/dnsaddr/boot.test" + OTHER);
    link(records, "loop.test", "/dnsaddr/loop.test");
    for (int i = 1; i < 9; i++) {
      link(records, "chain" + i + ".test", "/dnsaddr/chain" + (i + 1) + ".test");
      link(records, "chain" + i + ".test", "/ip4/127.0.0." + i + "/tcp/1");
    }
    for (int i = 0; i < 300; i++) {
      link(records, "flood.test", "/ip4/127.0.1." + i % 256 + "/tcp/" + (1 + i));
    }
    for (int i = 0; i < 50; i++) {
      link(records, "names.test", "/dns4/many.test/tcp/" + (1 + i));
    }
    server = NameServer.start(records);
    reactor = Reactor.start(1);
    resolver = MultiaddrResolver.of(reactor, List.of(server.endpoint()));
  }

  private static void link(List<String> records, String name, String address) {
    records.add("--txt-record=_dnsaddr." + name + ",dnsaddr=" + address);
  }

  @AfterAll
  static void end() {
    resolver.close();
    server.close();
    reactor.close().join();
  }

  private static List<String> resolve(String address) throws IOException {
    return resolver.resolve(Multiaddr.parse(address)).stream().map(Multiaddr::toString).toList();
  }

  @Test
  void addressWithoutNameIsItself() throws Exception {
    assertThat(resolve("/ip4/127.0.0.1/tcp/1")).containsExactly("/ip4/127.0.0.1/tcp/1");
  }

  @Test
  void dns4HasOnlyVersion4() throws Exception {
    assertThat(resolve("/dns4/both.test/tcp/1")).containsExactly("/ip4/127.0.0.7/tcp/1");
  }

  @Test
  void dns6HasOnlyVersion6() throws Exception {
    assertThat(resolve("/dns6/both.test/tcp/1")).containsExactly("/ip6/::7/tcp/1");
  }

  @Test
  void dnsHasBothWithVersion6First() throws Exception {
    assertThat(resolve("/dns/both.test/tcp/1"))
        .containsExactly("/ip6/::7/tcp/1", "/ip4/127.0.0.7/tcp/1");
  }

  @Test
  void oneVersionIsEnough() throws Exception {
    assertThat(resolve("/dns/many.test/tcp/1")).containsExactly("/ip4/127.0.0.1/tcp/1");
  }

  @Test
  void aliasIsFollowed() throws Exception {
    assertThat(resolve("/dns4/alias.test/tcp/1")).containsExactly("/ip4/127.0.0.7/tcp/1");
  }

  @Test
  void listOfHostsIsHonoured() throws Exception {
    assertThat(resolve("/dns4/localhost/tcp/1")).containsExactly("/ip4/127.0.0.1/tcp/1");
  }

  @Test
  void whatFollowsTheNameIsKept() throws Exception {
    assertThat(resolve("/dns4/both.test/tcp/443/wss" + PEER))
        .containsExactly("/ip4/127.0.0.7/tcp/443/wss" + PEER);
  }

  @Test
  void dnsaddrGivesAllItsLinks() throws Exception {
    assertThat(resolve("/dnsaddr/boot.test"))
        .containsExactlyInAnyOrder(
            "/ip4/127.0.0.9/tcp/4001" + PEER,
            "/ip4/127.0.0.7/udp/4001/quic-v1" + PEER,
            "/ip4/127.0.0.10/tcp/4001" + OTHER);
  }

  @Test
  void dnsaddrOfAPeerGivesOnlyThatPeers() throws Exception {
    assertThat(resolve("/dnsaddr/boot.test" + OTHER))
        .containsExactly("/ip4/127.0.0.10/tcp/4001" + OTHER);
  }

  @Test
  void dnsaddrLeadsToAnother() throws Exception {
    assertThat(resolve("/dnsaddr/outer.test")).containsExactly("/ip4/127.0.0.10/tcp/4001" + OTHER);
  }

  @Test
  void peerThatIsNotLinkedIsNotFound() throws Exception {
    assertThat(resolve("/dnsaddr/outer.test" + PEER)).isEmpty();
  }

  @Test
  void circleEnds() throws Exception {
    assertThat(resolve("/dnsaddr/loop.test")).isEmpty();
  }

  @Test
  void chainIsCutAtTheBound() throws Exception {
    assertThat(resolve("/dnsaddr/chain1.test")).hasSize(MultiaddrResolver.MAX_ROUNDS);
  }

  @Test
  void floodIsCutAtTheBound() throws Exception {
    assertThat(resolve("/dnsaddr/flood.test")).hasSize(MultiaddrResolver.MAX_ADDRESSES);
  }

  @Test
  void lookupsAreBounded() throws Exception {
    assertThat(resolve("/dnsaddr/names.test")).hasSize(MultiaddrResolver.MAX_LOOKUPS - 1);
  }

  @Test
  void unknownNameFailsAndIsNamed() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> resolve("/dns/missing.test/tcp/1"))
        .withMessageContaining("/dns/missing.test/tcp/1");
  }

  @Test
  void nameThatDnsCannotHaveFails() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> resolve("/dns4/" + "a".repeat(300) + "/tcp/1"));
  }

  @Test
  void itIsRefusedOnAnEventLoop() {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> reactor.group().submit(() -> resolve("/dns4/both.test/tcp/1")).get())
        .withCauseInstanceOf(IllegalStateException.class);
  }
}
