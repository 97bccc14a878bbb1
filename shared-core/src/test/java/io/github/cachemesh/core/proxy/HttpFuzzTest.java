package io.github.cachemesh.core.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.cachemesh.core.cache.MemoryTier;
import io.github.cachemesh.core.cache.TierEvents;
import io.github.cachemesh.core.cache.TieredCache;
import io.github.cachemesh.core.http.CachePolicy;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.FormulaTrust;
import io.github.cachemesh.core.http.Principal;
import io.github.cachemesh.core.stats.Statistics;
import io.github.cachemesh.core.stats.StatisticsContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever bytes a client sends, the proxy answers what is whole and breaks nowhere. */
class HttpFuzzTest {
  private static final String REQUEST = "GET /user HTTP/1.1\r\nHost: api.github.com\r\n\r\n";

  @FuzzTest(maxDuration = "15s")
  void anyBytesAreAnsweredOrRefused(FuzzedDataProvider data) {
    int whole = data.consumeInt(0, 5);
    int piece = data.consumeInt(1, 4096);
    answersComeInOrder(whole, piece, data.consumeRemainingAsBytes());
  }

  @Test
  void requestsAreAnsweredWhateverFollowsThem() {
    for (String rest : List.of("", "x", "\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\0\0\0\n\n")) {
      for (int piece : new int[] {1, 7, 4096}) {
        answersComeInOrder(3, piece, rest.getBytes(ISO_8859_1));
      }
    }
  }

  private static void answersComeInOrder(int whole, int piece, byte[] rest) {
    ConnectionLimit limit = new ConnectionLimit(1);
    EmbeddedChannel channel = channel(limit);
    ByteBuf sent =
        Unpooled.copiedBuffer(
            Unpooled.copiedBuffer(REQUEST.repeat(whole), ISO_8859_1), Unpooled.wrappedBuffer(rest));
    while (sent.isReadable() && channel.isOpen()) {
      channel.writeInbound(sent.readBytes(Math.min(piece, sent.readableBytes())));
      channel.runPendingTasks();
    }
    channel.runPendingTasks();
    channel.checkException();
    List<Integer> statuses = statuses(channel);
    assertThat(statuses).hasSizeGreaterThanOrEqualTo(whole);
    assertThat(statuses.subList(0, whole)).allMatch(status -> status == 200);
    sent.release();
    channel.finishAndReleaseAll();
    assertThat(limit.size()).isZero();
  }

  private static List<Integer> statuses(EmbeddedChannel server) {
    EmbeddedChannel client =
        new EmbeddedChannel(new HttpResponseDecoder(), new HttpObjectAggregator(1 << 20));
    for (ByteBuf bytes = server.readOutbound(); bytes != null; bytes = server.readOutbound()) {
      client.writeInbound(bytes);
    }
    List<Integer> statuses = new java.util.ArrayList<>();
    for (FullHttpResponse reply = client.readInbound();
        reply != null;
        reply = client.readInbound()) {
      assertThat(reply.decoderResult().isSuccess()).isTrue();
      statuses.add(reply.status().code());
      reply.release();
    }
    client.finishAndReleaseAll();
    return statuses;
  }

  private static EmbeddedChannel channel(ConnectionLimit limit) {
    TestClock clock = new TestClock();
    TieredCache cache =
        new TieredCache(
            new MemoryTier(10, 1 << 20, TierEvents.NONE), null, List.of(), TierEvents.NONE);
    Upstream upstream = new StubUpstream(_ -> StubUpstream.ok("answer"));
    CachePolicy policy =
        new CachePolicy(CachePolicy.Freshness.TTL, true, Duration.ZERO, _ -> Duration.ofMinutes(1));
    CacheParts parts = new CacheParts(cache, upstream, policy, new FormulaTrust(), clock, 1 << 20);
    Statistics statistics =
        new Statistics(
            StatisticsContext.withoutPeers(
                clock.instant(), "", () -> 0, 1, () -> 0, () -> 0, false));
    Exchanges exchanges =
        new Exchanges(
            new Destinations(URI.create("https://api.github.com"), Map.of(), List.of()),
            new Gateway(parts, _ -> Principal.ANONYMOUS),
            new PassThrough(upstream, cache),
            (_, _, _) -> new OwnPages.Page(200, Fields.EMPTY, new byte[0]),
            statistics);
    Timeouts impatient = new Timeouts(Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO);
    return new EmbeddedChannel(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.config().setAutoRead(false);
            ProxyServer.initialise(
                channel.pipeline(),
                exchanges,
                Listener.tcp("127.0.0.1", 80, clock),
                limit,
                impatient,
                Runnable::run);
          }
        });
  }
}
