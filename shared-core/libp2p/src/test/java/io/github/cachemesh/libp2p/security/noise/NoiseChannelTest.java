package io.github.cachemesh.libp2p.security.noise;

import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.SecureChannel;
import io.github.cachemesh.libp2p.core.SecureChannelContract;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import java.util.List;

class NoiseChannelTest extends SecureChannelContract {
  @Override
  protected SecureChannel secureChannel(PrivateKey identity, List<ProtocolId> muxers) {
    return new NoiseChannel(identity, muxers);
  }
}
