package io.github.cachemesh.libp2p.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ResolutionBoundsTest {
  private static final Multiaddr ADDRESS = Multiaddr.parse("/dns/slow.test/tcp/1");

  private final SlowLookup lookup = new SlowLookup();

  private static final class SlowLookup implements NameLookup {
    private final CompletableFuture<List<InetAddress>> ip4 = new CompletableFuture<>();

    @Override
    public CompletableFuture<List<InetAddress>> ip4(String name) {
      return ip4;
    }

    @Override
    public CompletableFuture<List<InetAddress>> ip6(String name) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<List<String>> texts(String name) {
      return new CompletableFuture<>();
    }

    @Override
    public void close() {}
  }

  private List<Multiaddr> resolve(Duration timeout) throws Exception {
    try (MultiaddrResolver resolver = new MultiaddrResolver(lookup, timeout)) {
      return resolver.resolve(ADDRESS);
    }
  }

  @Test
  void timeIsBounded() {
    assertThatExceptionOfType(DeadlineExceededException.class)
        .isThrownBy(() -> resolve(Duration.ofMillis(10)))
        .withMessageContaining("/dns/slow.test/tcp/1");
  }

  @Test
  void whatHasComeInTimeCounts() throws Exception {
    lookup.ip4.complete(List.of(InetAddress.getByName("127.0.0.1")));
    assertThat(resolve(Duration.ofMillis(10)))
        .containsExactly(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"));
  }

  @Test
  void interruptEndsIt() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedIOException.class)
        .isThrownBy(() -> resolve(Duration.ofSeconds(10)));
    assertThat(Thread.interrupted()).isTrue();
  }
}
