import { setTimeout as pause } from 'node:timers/promises'
import { multiaddr } from '@multiformats/multiaddr'
import { contentAt } from './content.js'
import { AWAIT_RESET, ECHO, HALF_CLOSE, MANY_STREAMS, PERF, RESET, RESET_YOU, TELL_RESETS } from './protocols.js'
import { Reader, uint64, write, writePayload } from './wire.js'

const ECHO_BYTES = 64 << 20
const STREAMS = 100
const STREAM_BYTES = 1024
const HALF_CLOSE_BYTES = 100_000
const PINGS = 5
const RESET_POLLS = 50
const RESET_PAUSE_MILLIS = 20

/** Runs tests against one remote peer, all but dial-ping on one connection. */
export class Dialer {
  #host
  #address
  #bytes
  #rounds

  #tests = {
    handshake: async () => ({}),
    identify: () => this.#identify(),
    ping: () => this.#ping(),
    perf: () => this.#perf(),
    streams100: () => this.#streams(),
    echo64MiB: () => this.#echo(),
    'half-close': () => this.#halfClose(),
    reset: () => this.#reset(),
    stream: () => this.#stream()
  }

  constructor(host, address, bytes, rounds) {
    this.#host = host
    this.#address = multiaddr(address)
    this.#bytes = bytes
    this.#rounds = rounds
  }

  /** The measures of the test; throws when it fails. */
  async run(name) {
    if (name === 'dial-ping') {
      return { millis: await this.#repeat(() => this.#dialPing()) }
    }
    const started = performance.now()
    const connection = await this.#host.dial(this.#address)
    if (!this.#address.toString().endsWith(`/p2p/${connection.remotePeer}`)) {
      throw new Error(`another peer answered: ${connection.remotePeer}`)
    }
    if (this.#tests[name] === undefined) {
      throw new Error(`there is no test ${name}`)
    }
    const measures = await this.#tests[name]()
    return { millis: performance.now() - started, ...measures }
  }

  async #repeat(measure, times = this.#rounds) {
    const measures = []
    for (let i = 0; i < times; i++) {
      measures.push(await measure())
    }
    return measures
  }

  async #open(protocol) {
    const connection = await this.#host.dial(this.#address)
    const stream = await connection.newStream(protocol, MANY_STREAMS)
    return { stream, reader: new Reader(stream) }
  }

  async #identify() {
    const connection = await this.#host.dial(this.#address)
    const { agentVersion, protocols, listenAddrs, observedAddr, signedPeerRecord } =
      await this.#host.services.identify.identify(connection)
    if (!protocols.includes(ECHO)) {
      throw new Error(`${ECHO} is not among the protocols ${protocols}`)
    }
    if (!agentVersion) {
      throw new Error('there is no agent version')
    }
    const dialed = this.#address.toString().replace(/\/p2p\/.*/, '')
    if (!listenAddrs.some((address) => address.toString() === dialed)) {
      throw new Error(`${dialed} is not among the addresses ${listenAddrs}`)
    }
    if (!observedAddr?.toString().startsWith('/ip4/127.0.0.1/')) {
      throw new Error(`the observed address is ${observedAddr}`)
    }
    return { agent: agentVersion, signedRecord: signedPeerRecord !== undefined }
  }

  async #pingOnce() {
    const started = performance.now()
    await this.#host.services.ping.ping(this.#address)
    return performance.now() - started
  }

  async #ping() {
    return { millis: await this.#repeat(() => this.#pingOnce(), PINGS) }
  }

  async #dialPing() {
    await Promise.all(this.#host.getConnections().map((connection) => connection.close()))
    const started = performance.now()
    await this.#host.dial(this.#address)
    await this.#pingOnce()
    return performance.now() - started
  }

  async #perf() {
    const measures = { uploadBytesPerSecond: [], downloadBytesPerSecond: [] }
    for (let i = 0; i < this.#rounds; i++) {
      measures.uploadBytesPerSecond.push(await this.#transfer(this.#bytes, 0))
      measures.downloadBytesPerSecond.push(await this.#transfer(0, this.#bytes))
    }
    return measures
  }

  async #transfer(up, down) {
    const started = performance.now()
    const { stream, reader } = await this.#open(PERF)
    await write(stream, uint64(down))
    await writePayload(stream, up)
    await stream.close()
    const received = await reader.rest()
    if (received !== down) {
      throw new Error(`${received} of ${down} bytes came`)
    }
    return ((up + down) / (performance.now() - started)) * 1000
  }

  async #streams() {
    const open = await this.#repeat(() => this.#open(ECHO), STREAMS)
    for (const [i, { stream }] of open.entries()) {
      await write(stream, contentAt(i, STREAM_BYTES))
    }
    for (const [i, { reader }] of open.entries()) {
      if (contentAt(i, STREAM_BYTES).compare(await reader.exactly(STREAM_BYTES)) !== 0) {
        throw new Error(`stream ${i} has the content of another`)
      }
    }
    for (const { stream, reader } of open) {
      await finish(stream, reader)
    }
    return {}
  }

  async #echo() {
    const { stream, reader } = await this.#open(ECHO)
    const writing = writePayload(stream, ECHO_BYTES).then(() => stream.close())
    await Promise.all([writing, reader.payload(ECHO_BYTES)])
    return {}
  }

  async #halfClose() {
    const { stream, reader } = await this.#open(HALF_CLOSE)
    await writePayload(stream, HALF_CLOSE_BYTES)
    await stream.close()
    await reader.payload(HALF_CLOSE_BYTES)
    return {}
  }

  async #ask(command) {
    const opened = await this.#open(RESET)
    await write(opened.stream, Uint8Array.of(command))
    return opened
  }

  async #reset() {
    await this.#beReset()
    const { stream, reader } = await this.#ask(AWAIT_RESET)
    await reader.exactly(1)
    stream.abort(new Error('a reset is what this tests'))
    await this.#awaitCount()
    await this.#echoOnce()
    return {}
  }

  async #beReset() {
    const { reader } = await this.#ask(RESET_YOU)
    let chunk
    try {
      chunk = await reader.chunk()
    } catch {
      return
    }
    throw new Error(`the remote ${chunk ? 'answered' : 'closed the stream'} instead of a reset`)
  }

  async #awaitCount() {
    for (let i = 0; i < RESET_POLLS; i++) {
      const { stream, reader } = await this.#ask(TELL_RESETS)
      const [count] = await reader.exactly(1)
      await finish(stream, reader)
      if (count === 1) {
        return
      }
      await pause(RESET_PAUSE_MILLIS)
    }
    throw new Error('the remote saw no reset')
  }

  /** One byte there and back on a new stream; the milliseconds that it takes. */
  async #echoOnce() {
    const started = performance.now()
    const { stream, reader } = await this.#open(ECHO)
    await write(stream, Uint8Array.of(42))
    const [answer] = await reader.exactly(1)
    const millis = performance.now() - started
    if (answer !== 42) {
      throw new Error('another byte came back')
    }
    await finish(stream, reader)
    return millis
  }

  async #stream() {
    return { millis: await this.#repeat(() => this.#echoOnce()) }
  }
}

/** Closes the write side and reads the end that answers it. */
async function finish(stream, reader) {
  await stream.close()
  if ((await reader.rest()) !== 0) {
    throw new Error('more came instead of the end')
  }
}
