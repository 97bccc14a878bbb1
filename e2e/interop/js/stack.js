import { quic } from '@chainsafe/libp2p-quic'
import { identify } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { tls } from '@libp2p/tls'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'

const TRANSPORTS = {
  tcp: { make: tcp, listen: '/ip4/127.0.0.1/tcp/0' },
  'quic-v1': { make: quic, listen: '/ip4/127.0.0.1/udp/0/quic-v1' }
}
const SECURE_CHANNELS = { noise, tls }
const MUXERS = { yamux }

const UNBOUNDED = 10_000

function choose(choices, name) {
  if (choices[name] === undefined) {
    throw new Error(`there is no ${name} among ${Object.keys(choices)}`)
  }
  return choices[name]
}

/** A host that offers the one transport, secure channel and muxer. */
export function createHost({ transport, security, muxer }, listening) {
  const { make, listen } = choose(TRANSPORTS, transport)
  return createLibp2p({
    addresses: { listen: listening ? [listen] : [] },
    transports: [make()],
    ...(transport === 'quic-v1'
      ? {}
      : {
          connectionEncrypters: [choose(SECURE_CHANNELS, security)()],
          streamMuxers: [choose(MUXERS, muxer)()]
        }),
    connectionGater: { denyDialMultiaddr: () => false },
    // By default a host accepts five connections a second from one address.
    connectionManager: { inboundConnectionThreshold: UNBOUNDED, maxIncomingPendingConnections: UNBOUNDED },
    connectionMonitor: { enabled: false },
    services: {
      // Beside the one that the host runs for each new connection.
      identify: identify({ maxOutboundStreams: 2, maxInboundStreams: 2 }),
      ping: ping({ maxInboundStreams: 16, maxOutboundStreams: 16 })
    }
  })
}
