package io.github.cachemesh.libp2p.muxer.yamux;

import io.github.cachemesh.libp2p.core.MuxerContract;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.StreamSession;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

/** Makes two sessions that are connected by real channels. */
final class Ends {
  static final PeerId PEER = PeerId.parse("12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA");

  private Ends() {}

  static MuxerContract.Pair connect(
      Yamux yamux,
      EventLoopGroup group,
      Class<? extends ServerChannel> serverChannel,
      Class<? extends Channel> channel,
      SocketAddress address)
      throws Exception {
    CompletableFuture<StreamSession> dialer = new CompletableFuture<>();
    CompletableFuture<StreamSession> listener = new CompletableFuture<>();
    Channel server =
        new ServerBootstrap()
            .group(group)
            .channel(serverChannel)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(initializer(yamux, Role.LISTENER, listener))
            .bind(address)
            .sync()
            .channel();
    new Bootstrap()
        .group(group)
        .channel(channel)
        .option(ChannelOption.AUTO_READ, false)
        .handler(initializer(yamux, Role.DIALER, dialer))
        .connect(server.localAddress())
        .sync();
    MuxerContract.Pair pair = new MuxerContract.Pair(dialer.get(), listener.get());
    server.close().sync();
    return pair;
  }

  private static ChannelInitializer<Channel> initializer(
      Yamux yamux, Role role, CompletableFuture<StreamSession> session) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        session.complete(yamux.session(channel, role, PEER));
      }
    };
  }
}
