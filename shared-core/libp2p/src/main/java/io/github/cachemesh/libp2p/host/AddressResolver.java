package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.util.List;

/** Makes addresses with IP addresses of those with names. Thread-safe. */
@FunctionalInterface
public interface AddressResolver {
  /**
   * Blocks; the caller interrupts it when it takes too long.
   *
   * @param address with a dns, dns4, dns6 or dnsaddr component
   * @return may have peer ids, and may be empty
   */
  List<Multiaddr> resolve(Multiaddr address) throws IOException;
}
