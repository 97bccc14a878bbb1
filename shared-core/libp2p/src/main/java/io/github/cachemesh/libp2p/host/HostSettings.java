package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a host is made of.
 *
 * @param key who it is
 * @param transports in order of preference where several serve an address; the host closes them
 * @param resolver for addresses with names
 * @param memory what its connections share; counted among the host's refusals
 * @param timers runs short tasks; an event loop group will do. Not closed by the host
 * @param clock for what is kept for minutes
 */
public record HostSettings(
    PrivateKey key,
    List<Transport> transports,
    AddressResolver resolver,
    ConnectionLimits connectionLimits,
    StreamLimits streamLimits,
    AddressBookLimits addressBookLimits,
    TrimPolicy trimPolicy,
    DialSettings dialing,
    StreamSettings streams,
    MemoryAllowance memory,
    ScheduledExecutorService timers,
    InstantSource clock) {
  public HostSettings {
    transports = List.copyOf(transports);
  }
}
