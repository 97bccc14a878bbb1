"""A host that offers one transport, secure channel and muxer."""

from libp2p import (
    NoiseTransport,
    TLSTransport,
    Yamux,
    create_new_ed25519_key_pair,
    create_new_x25519_key_pair,
    new_host,
)
from libp2p.security.noise.transport import PROTOCOL_ID as NOISE
from libp2p.security.tls.transport import PROTOCOL_ID as TLS
from libp2p.stream_muxer.yamux.yamux import PROTOCOL_ID as YAMUX
from libp2p.transport.quic.config import QUICTransportConfig
from multiaddr import Multiaddr

MAX_STREAMS = 1000
RECEIVE_BUFFER_BYTES = 128 << 20


def listen_address(options):
    return Multiaddr(
        "/ip4/127.0.0.1/udp/0/quic-v1" if options.transport == "quic-v1" else "/ip4/127.0.0.1/tcp/0"
    )


def create_host(options):
    key = create_new_ed25519_key_pair()
    if options.transport == "quic-v1":
        quic = QUICTransportConfig(
            # By default a connection takes 100 streams, identify's among them.
            max_concurrent_streams=MAX_STREAMS,
            # A sender is given credit for what nobody has read; what the buffer cannot hold is dropped in silence.
            MAX_STREAM_RECEIVE_BUFFER=RECEIVE_BUFFER_BYTES,
        )
        return new_host(key_pair=key, enable_quic=True, enable_tcp=False, quic_transport_opt=quic)
    if options.security == "noise":
        security = {NOISE: NoiseTransport(key, noise_privkey=create_new_x25519_key_pair().private_key)}
    else:
        security = {TLS: TLSTransport(key)}
    return new_host(key_pair=key, sec_opt=security, muxer_opt={YAMUX: Yamux})
