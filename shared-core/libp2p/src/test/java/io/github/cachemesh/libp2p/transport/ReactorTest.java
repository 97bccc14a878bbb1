package io.github.cachemesh.libp2p.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReactorTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  static Stream<Reactor> reactors() {
    return Stream.of(Reactor.start(1), Reactor.startNio(1));
  }

  /** Told by a task of the loop itself, it has looked for its end already in that turn. */
  @ParameterizedTest
  @MethodSource("reactors")
  void loopThatIsToldToEndByATaskClosesItsChannels(Reactor reactor) throws Exception {
    Channel channel =
        new Bootstrap()
            .group(reactor.group())
            .channel(reactor.datagramChannel())
            .handler(new ChannelInboundHandlerAdapter())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    assertThat(channel.eventLoop().submit(reactor::close).get()).succeedsWithin(LIMIT);
    assertThat(channel.closeFuture().await(LIMIT.toMillis())).isTrue();
  }
}
