package io.github.cachemesh.libp2p.transport.memory;

import io.github.cachemesh.libp2p.multiformats.Component;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.multiformats.MultiaddrProtocol;
import java.net.SocketAddress;
import java.util.Optional;

/** An end of a connection in memory: a number of 64 bits, unique in its network; 0 is any. */
final class MemoryAddress extends SocketAddress {
  private static final long serialVersionUID = 1L;

  private final long number;

  MemoryAddress(long number) {
    this.number = number;
  }

  /** Empty when the address is anything else than {@code /memory/N}. */
  static Optional<MemoryAddress> in(Multiaddr address) {
    if (address.components().size() != 1 || !address.isKnown()) {
      return Optional.empty();
    }
    return address
        .first(MultiaddrProtocol.MEMORY)
        .map(number -> new MemoryAddress(Long.parseUnsignedLong(number)));
  }

  long number() {
    return number;
  }

  Multiaddr multiaddr() {
    return Multiaddr.of(Component.of(MultiaddrProtocol.MEMORY, Long.toUnsignedString(number)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemoryAddress that && number == that.number;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }

  @Override
  public String toString() {
    return "/memory/" + Long.toUnsignedString(number);
  }
}
