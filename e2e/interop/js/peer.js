// The peer program of js-libp2p: see ../README.md for the contract that it keeps.
import { parseArgs } from 'node:util'
import { Dialer } from './dialer.js'
import { serve } from './protocols.js'
import { createHost } from './stack.js'

const USAGE = `usage: peer listen OPTIONS
       peer dial MULTIADDR --tests NAME,… [--bytes N] [--rounds N] OPTIONS
OPTIONS: --transport tcp|quic-v1 [--security noise|tls] [--muxer yamux]`

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`)

async function listen(stack) {
  const host = await createHost(stack, true)
  await serve(host)
  print({ listening: host.getMultiaddrs().map(String) })
  for await (const _ of process.stdin);
}

async function dial(stack, address, { tests, bytes, rounds }) {
  const dialer = new Dialer(await createHost(stack, false), address, Number(bytes), Number(rounds))
  for (const test of tests.split(',')) {
    try {
      print({ test, ok: true, ...(await dialer.run(test)) })
    } catch (failure) {
      // Some are events of a stream.
      print({ test, ok: false, error: failure.message ?? `${failure.type}: ${failure.error?.message ?? 'no error'}` })
      throw failure
    }
  }
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    transport: { type: 'string', default: 'tcp' },
    security: { type: 'string', default: 'noise' },
    muxer: { type: 'string', default: 'yamux' },
    tests: { type: 'string', default: 'handshake' },
    bytes: { type: 'string', default: String(16 << 20) },
    rounds: { type: 'string', default: '1' }
  }
})

try {
  if (positionals[0] === 'listen' && positionals.length === 1) {
    await listen(values)
  } else if (positionals[0] === 'dial' && positionals.length === 2) {
    await dial(values, positionals[1], values)
  } else {
    throw new Error(USAGE)
  }
  // Not by stopping the host, which waits for connections and timers.
  process.exit(0)
} catch (failure) {
  console.error(failure)
  process.exit(1)
}
