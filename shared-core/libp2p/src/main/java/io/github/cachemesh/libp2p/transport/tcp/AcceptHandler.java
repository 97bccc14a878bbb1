package io.github.cachemesh.libp2p.transport.tcp;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.InboundUpgrades;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;

/** The first in the pipeline of an accepted channel: hands it over and leaves. */
@Sharable
final class AcceptHandler extends ChannelInboundHandlerAdapter {
  private final InboundUpgrades upgrades;
  private final ConnectionAcceptor acceptor;

  AcceptHandler(InboundUpgrades upgrades, ConnectionAcceptor acceptor) {
    this.upgrades = upgrades;
    this.acceptor = acceptor;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.pipeline().remove(this);
    Channel channel = context.channel();
    InetSocketAddress local = (InetSocketAddress) channel.localAddress();
    InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
    if (local == null || remote == null) {
      // The peer has gone already.
      channel.close();
      return;
    }
    upgrades.accept(channel, Multiaddr.tcp(local), Multiaddr.tcp(remote), acceptor);
  }
}
