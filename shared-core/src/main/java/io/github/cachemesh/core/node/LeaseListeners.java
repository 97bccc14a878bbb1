package io.github.cachemesh.core.node;

import io.github.cachemesh.core.proxy.OpenListener;
import io.github.cachemesh.core.proxy.ProxyServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens the listeners that a lease asks for. A gateway's clients share its network with others, so
 * its base URL has a random segment that only the job is told. Thread-safe.
 */
final class LeaseListeners {
  private static final Logger LOG = Logger.getLogger(LeaseListeners.class.getName());
  private static final int SEGMENT_BYTES = 16;

  private final Supplier<ProxyServer> proxy;
  private final SecureRandom random;

  /**
   * @param proxy asked at each lease
   */
  LeaseListeners(Supplier<ProxyServer> proxy, SecureRandom random) {
    this.proxy = proxy;
    this.random = random;
  }

  /** What was opened for one lease; null where it did not ask for it, or it cannot be had again. */
  record Open(@Nullable OpenListener socket, @Nullable OpenListener gateway)
      implements AutoCloseable {

    @Nullable String gatewayUrl() {
      return gateway == null ? null : gateway.baseUrl();
    }

    /** Whether a client that was told of them still reaches all that the request is for. */
    boolean serve(LeaseRequest request) {
      return isServed(request.socket(), socket) && isServed(request.gateway(), gateway);
    }

    private static boolean isServed(@Nullable Object wanted, @Nullable OpenListener listener) {
      return wanted == null || (listener != null && listener.isReachable());
    }

    @Override
    public void close() {
      close(socket);
      close(gateway);
    }

    private static void close(@Nullable OpenListener listener) {
      if (listener != null) {
        listener.close();
      }
    }
  }

  /**
   * @throws IOException when one of them cannot be had, and then none is open; the message names it
   */
  Open open(LeaseRequest request) throws IOException {
    Path path = request.socket();
    String address = request.gateway();
    OpenListener socket = path == null ? null : proxy.get().listen(path);
    try {
      return new Open(socket, address == null ? null : proxy.get().listen(newBase(address)));
    } catch (IOException e) {
      if (socket != null) {
        socket.close();
      }
      throw e;
    }
  }

  private URI newBase(String address) {
    byte[] segment = new byte[SEGMENT_BYTES];
    random.nextBytes(segment);
    String host = address.contains(":") ? "[" + address + "]" : address;
    return URI.create("http://" + host + ":0/" + HexFormat.of().formatHex(segment));
  }

  /**
   * Opens those of a node that crashed where its clients look for them, as far as they are free.
   */
  Open reopen(HeldLease lease) {
    return new Open(
        reopen(lease, lease.request().socket(), path -> proxy.get().listen(path)),
        reopen(lease, lease.gatewayUrl(), url -> proxy.get().listen(URI.create(url))));
  }

  private interface Opening<T> {
    OpenListener open(T place) throws IOException;
  }

  private static <T> @Nullable OpenListener reopen(
      HeldLease lease, @Nullable T place, Opening<T> opening) {
    if (place == null) {
      return null;
    }
    try {
      return opening.open(place);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warning(
          () -> "cachemesh: the " + lease + " goes on without a listener: " + e.getMessage());
      return null;
    }
  }
}
