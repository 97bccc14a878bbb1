package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** Settings of a host, the defaults unless changed. */
final class TestSettings {
  AddressResolver resolver =
      _ -> {
        throw new IOException("no names here");
      };
  ConnectionLimits connections = ConnectionLimits.DEFAULTS;
  StreamLimits streams = StreamLimits.DEFAULTS;
  TrimPolicy trim = TrimPolicy.DEFAULTS;
  DialSettings dialing = DialSettings.DEFAULTS;
  StreamSettings times = StreamSettings.DEFAULTS;
  MemoryAllowance memory = new MemoryAllowance(1 << 20);
  InstantSource clock = InstantSource.system();

  HostSettings of(PrivateKey key, List<Transport> transports, ScheduledExecutorService timers) {
    return new HostSettings(
        key,
        transports,
        resolver,
        connections,
        streams,
        AddressBookLimits.DEFAULTS,
        trim,
        dialing,
        times,
        memory,
        timers,
        clock);
  }
}
