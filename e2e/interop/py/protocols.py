"""The listener's side of the test protocols."""

from collections import Counter

from libp2p.custom_types import TProtocol
from libp2p.host.ping import ID as PING
from libp2p.host.ping import handle_ping

from wire import read_chunk, read_exactly, read_rest, write_payload

ECHO = TProtocol("/cachemesh/interop/echo/1.0.0")
HALF_CLOSE = TProtocol("/cachemesh/interop/half-close/1.0.0")
RESET = TProtocol("/cachemesh/interop/reset/1.0.0")
PERF = TProtocol("/perf/1.0.0")

RESET_YOU = b"\x01"
AWAIT_RESET = b"\x02"
TELL_RESETS = b"\x03"

MAX_HALF_CLOSE_BYTES = 1 << 20


async def _echo(stream):
    while chunk := await read_chunk(stream):
        await stream.write(chunk)


async def _half_close(stream):
    content = b""
    while chunk := await read_chunk(stream):
        content += chunk
        if len(content) > MAX_HALF_CLOSE_BYTES:
            raise ValueError(f"more than {MAX_HALF_CLOSE_BYTES} bytes")
    await stream.write(content)


async def _perf(stream):
    length = int.from_bytes(await read_exactly(stream, 8), "big")
    await read_rest(stream)
    await write_payload(stream, length)


def _reset():
    counts = Counter()

    async def handle(stream):
        remote = stream.muxed_conn.peer_id
        command = await read_exactly(stream, 1)
        if command == AWAIT_RESET:
            await stream.write(command)
            try:
                await read_rest(stream)
            except Exception:
                counts[remote] += 1
        elif command == TELL_RESETS:
            await stream.write(bytes([counts[remote]]))
        else:
            raise ValueError("a reset was asked for")

    return handle


def _or_reset(handler):
    async def handle(stream):
        try:
            await handler(stream)
            await stream.close()
        except Exception:
            await stream.reset()

    return handle


def serve(host):
    host.set_stream_handler(PING, handle_ping)
    for protocol, handler in {ECHO: _echo, HALF_CLOSE: _half_close, PERF: _perf, RESET: _reset()}.items():
        host.set_stream_handler(protocol, _or_reset(handler))
