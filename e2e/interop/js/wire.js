import { CHUNK, checkContent, contentAt } from './content.js'

/** Reads a stream from the moment of its construction, so that no event is missed. */
export class Reader {
  #chunks = []
  #outcome
  #wake = () => {}

  constructor(stream) {
    stream.addEventListener('message', ({ data }) => {
      this.#chunks.push(data.subarray())
      this.#wake()
    })
    const end = (error) => {
      this.#outcome ??= { error }
      this.#wake()
    }
    const ended = () =>
      end(['reset', 'aborted'].includes(stream.status) ? new Error(`the stream was ${stream.status}`) : undefined)
    stream.addEventListener('end', ended)
    stream.addEventListener('close', ({ error }) => end(error))
    if (stream.readableEnded) {
      // What negotiation read ahead is given to the listener above in a microtask.
      setImmediate(ended)
    }
  }

  /** The next bytes, or undefined at the end; throws when the stream was reset. */
  async chunk() {
    while (this.#chunks.length === 0 && this.#outcome === undefined) {
      await new Promise((resolve) => (this.#wake = resolve))
    }
    if (this.#chunks.length === 0 && this.#outcome.error) {
      throw this.#outcome.error
    }
    return this.#chunks.shift()
  }

  /** Exactly so many bytes. */
  async exactly(length) {
    const parts = []
    for (let missing = length; missing > 0; ) {
      const chunk = await this.chunk()
      if (chunk === undefined) {
        throw new Error(`the stream ended with ${missing} of ${length} bytes missing`)
      }
      parts.push(chunk.subarray(0, missing))
      if (chunk.length > missing) {
        this.#chunks.unshift(chunk.subarray(missing))
      }
      missing -= Math.min(missing, chunk.length)
    }
    return Buffer.concat(parts)
  }

  /** The number of bytes to the end, each chunk given to the consumer with its offset. */
  async rest(consumer = () => {}) {
    let offset = 0
    for (let chunk; (chunk = await this.chunk()) !== undefined; offset += chunk.length) {
      await consumer(chunk, offset)
    }
    return offset
  }

  async payload(length) {
    const read = await this.rest(checkContent)
    if (read !== length) {
      throw new Error(`${read} of ${length} bytes came`)
    }
  }
}

export async function write(stream, bytes) {
  if (!stream.send(bytes)) {
    await stream.onDrain()
  }
}

export async function writePayload(stream, length) {
  for (let offset = 0; offset < length; offset += CHUNK) {
    await write(stream, contentAt(offset, Math.min(CHUNK, length - offset)))
  }
}

export function uint64(value) {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}
