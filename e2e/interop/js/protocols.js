import { Reader, write, writePayload } from './wire.js'

export const ECHO = '/cachemesh/interop/echo/1.0.0'
export const HALF_CLOSE = '/cachemesh/interop/half-close/1.0.0'
export const RESET = '/cachemesh/interop/reset/1.0.0'
export const PERF = '/perf/1.0.0'

export const RESET_YOU = 1
export const AWAIT_RESET = 2
export const TELL_RESETS = 3

// By default a host takes 32 streams of a protocol and opens 64.
export const MANY_STREAMS = { maxInboundStreams: 1024, maxOutboundStreams: 1024 }
const MAX_HALF_CLOSE_BYTES = 1 << 20

/** Registers the listener's side of the test protocols. */
export async function serve(host) {
  const resets = new Map()
  const handlers = {
    [ECHO]: async (stream, reader) => {
      await reader.rest((chunk) => write(stream, chunk))
    },
    [HALF_CLOSE]: async (stream, reader) => {
      const chunks = []
      await reader.rest((chunk, offset) => {
        if (offset + chunk.length > MAX_HALF_CLOSE_BYTES) {
          throw new Error(`more than ${MAX_HALF_CLOSE_BYTES} bytes`)
        }
        chunks.push(chunk)
      })
      await write(stream, Buffer.concat(chunks))
    },
    [PERF]: async (stream, reader) => {
      const length = Number((await reader.exactly(8)).readBigUInt64BE())
      await reader.rest()
      await writePayload(stream, length)
    },
    [RESET]: async (stream, reader, remote) => {
      const command = await reader.exactly(1)
      if (command[0] === AWAIT_RESET) {
        await write(stream, command)
        await reader.rest().catch(() => resets.set(remote, (resets.get(remote) ?? 0) + 1))
      } else if (command[0] === TELL_RESETS) {
        await write(stream, Uint8Array.of(resets.get(remote) ?? 0))
      } else {
        throw new Error('a reset was asked for')
      }
    }
  }
  for (const [protocol, handler] of Object.entries(handlers)) {
    await host.handle(
      protocol,
      async (stream, connection) => {
        try {
          await handler(stream, new Reader(stream), connection.remotePeer.toString())
          await stream.close()
        } catch (failure) {
          stream.abort(failure)
        }
      },
      MANY_STREAMS
    )
  }
}
