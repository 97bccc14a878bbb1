package io.github.cachemesh.core.proxy;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** A listener of a proxy, which ends with the proxy at the latest. Thread-safe. */
public final class OpenListener implements AutoCloseable {
  private final ProxyServer proxy;
  private final Channel channel;
  private final @Nullable UnixSocketFile file;
  private final String baseUrl;

  /**
   * @param file of a Unix socket; null for TCP
   */
  OpenListener(ProxyServer proxy, Channel channel, @Nullable UnixSocketFile file, String baseUrl) {
    this.proxy = proxy;
    this.channel = channel;
    this.file = file;
    this.baseUrl = baseUrl;
  }

  /** What stands for the API's URL with its clients, without a trailing slash. */
  public String baseUrl() {
    return baseUrl;
  }

  /** Whether clients still find it; a Unix socket's file may have been removed or replaced. */
  public boolean isReachable() {
    return channel.isOpen() && (file == null || file.isInPlace());
  }

  Channel channel() {
    return channel;
  }

  /** Lets nobody find it any more. */
  void hide() {
    if (file != null) {
      file.remove();
    }
  }

  /**
   * Takes in no more clients, drops those that are idle, and the others when their replies are
   * written. Waits for five seconds at most.
   */
  @Override
  public void close() {
    proxy.close(this);
  }
}
