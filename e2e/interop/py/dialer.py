"""Runs tests against one remote peer, all but dial-ping on one connection."""

from time import perf_counter

import trio
from libp2p.host.ping import PING_LENGTH
from libp2p.host.ping import ID as PING
from libp2p.identity.identify.identify import ID as IDENTIFY
from libp2p.identity.identify.pb.identify_pb2 import Identify
from libp2p.peer.id import ID
from libp2p.peer.peerinfo import info_from_p2p_addr
from libp2p.crypto.serialization import deserialize_public_key
from libp2p.utils import read_length_prefixed_protobuf
from multiaddr import Multiaddr

from protocols import AWAIT_RESET, ECHO, HALF_CLOSE, PERF, RESET, RESET_YOU, TELL_RESETS
from wire import content_at, read_chunk, read_exactly, read_payload, read_rest, write_payload

ECHO_BYTES = 64 << 20
STREAMS = 100
STREAM_BYTES = 1024
HALF_CLOSE_BYTES = 100_000
PINGS = 5
IDENTIFY_TRIES = 10
RESET_POLLS = 50
RESET_PAUSE_SECONDS = 0.02


def _millis_since(started):
    return (perf_counter() - started) * 1000


class Dialer:
    def __init__(self, host, address, byte_count, rounds):
        self._host = host
        self._address = address
        self._remote = info_from_p2p_addr(address)
        self._bytes = byte_count
        self._rounds = rounds
        self._tests = {
            "handshake": self._handshake,
            "identify": self._identify,
            "ping": self._ping,
            "perf": self._perf,
            "streams100": self._streams,
            "echo64MiB": self._echo,
            "half-close": self._half_close,
            "reset": self._reset,
            "stream": self._stream,
        }

    async def run(self, name):
        """The measures of the test; raises when it fails."""
        if name == "dial-ping":
            return {"millis": [await self._dial_ping() for _ in range(self._rounds)]}
        if name not in self._tests:
            raise ValueError(f"there is no test {name}")
        started = perf_counter()
        await self._host.connect(self._remote)
        measures = await self._tests[name]()
        return {"millis": _millis_since(started), **(measures or {})}

    async def _open(self, protocol):
        return await self._host.new_stream(self._remote.peer_id, [protocol])

    async def _handshake(self):
        pass

    async def _read_identify(self):
        stream = await self._open(IDENTIFY)
        found = Identify()
        found.ParseFromString(await read_length_prefixed_protobuf(stream, use_varint_format=True))
        await stream.close()
        return found

    async def _identify(self):
        # A QUIC stream on which STOP_SENDING comes early is closed with what the library has not read of it, by chance.
        for _ in range(IDENTIFY_TRIES - 1):
            try:
                found = await self._read_identify()
                break
            except Exception:
                await trio.sleep(RESET_PAUSE_SECONDS)
        else:
            found = await self._read_identify()
        if ID.from_pubkey(deserialize_public_key(found.public_key)) != self._remote.peer_id:
            raise ValueError("the public key is not the dialed peer's")
        if ECHO not in found.protocols:
            raise ValueError(f"{ECHO} is not among the protocols {list(found.protocols)}")
        if not found.agent_version:
            raise ValueError("there is no agent version")
        # py-libp2p itself gives them with its peer id, which the specification does not foresee.
        addresses = [str(Multiaddr(a)).partition("/p2p/")[0] for a in found.listen_addrs]
        if str(self._address).partition("/p2p/")[0] not in addresses:
            raise ValueError(f"the dialed address is not among {addresses}")
        observed = str(Multiaddr(found.observed_addr)) if found.observed_addr else ""
        if not observed.startswith("/ip4/127.0.0.1/"):
            raise ValueError(f"the observed address is {observed!r}")
        return {"agent": found.agent_version, "signedRecord": found.HasField("signedPeerRecord")}

    async def _ping_once(self, stream):
        started = perf_counter()
        await stream.write(content_at(0, PING_LENGTH))
        if await read_exactly(stream, PING_LENGTH) != content_at(0, PING_LENGTH):
            raise ValueError("another content came back")
        return _millis_since(started)

    async def _ping(self):
        # Not by the library's own service, which counts whole milliseconds.
        stream = await self._open(PING)
        millis = [await self._ping_once(stream) for _ in range(PINGS)]
        await stream.close()
        return {"millis": millis}

    async def _dial_ping(self):
        await self._host.disconnect(self._remote.peer_id)
        started = perf_counter()
        await self._host.connect(self._remote)
        stream = await self._open(PING)
        await self._ping_once(stream)
        millis = _millis_since(started)
        await stream.close()
        return millis

    async def _perf(self):
        ups, downs = [], []
        for _ in range(self._rounds):
            ups.append(await self._transfer(self._bytes, 0))
            downs.append(await self._transfer(0, self._bytes))
        return {"uploadBytesPerSecond": ups, "downloadBytesPerSecond": downs}

    async def _transfer(self, up, down):
        started = perf_counter()
        stream = await self._open(PERF)
        await stream.write(down.to_bytes(8, "big"))
        await write_payload(stream, up)
        await stream.close_write()
        received = await read_rest(stream)
        if received != down:
            raise EOFError(f"{received} of {down} bytes came")
        return (up + down) / (perf_counter() - started)

    async def _streams(self):
        opened = [await self._open(ECHO) for _ in range(STREAMS)]
        for i, stream in enumerate(opened):
            await stream.write(content_at(i, STREAM_BYTES))
        for i, stream in enumerate(opened):
            if await read_exactly(stream, STREAM_BYTES) != content_at(i, STREAM_BYTES):
                raise ValueError(f"stream {i} has the content of another")
        for stream in opened:
            await _finish(stream)

    async def _echo(self):
        stream = await self._open(ECHO)

        async def write():
            await write_payload(stream, ECHO_BYTES)
            await stream.close_write()

        async with trio.open_nursery() as nursery:
            nursery.start_soon(write)
            await read_payload(stream, ECHO_BYTES)

    async def _half_close(self):
        stream = await self._open(HALF_CLOSE)
        await write_payload(stream, HALF_CLOSE_BYTES)
        await stream.close_write()
        await read_payload(stream, HALF_CLOSE_BYTES)

    async def _ask(self, command):
        stream = await self._open(RESET)
        await stream.write(command)
        return stream

    async def _reset(self):
        await self._be_reset()
        stream = await self._ask(AWAIT_RESET)
        await read_exactly(stream, 1)
        await stream.reset()
        await self._await_count()
        await self._echo_once()

    async def _be_reset(self):
        stream = await self._ask(RESET_YOU)
        try:
            chunk = await read_chunk(stream)
        except Exception:
            return
        raise ValueError(f"the remote {'answered' if chunk else 'closed the stream'} instead of a reset")

    async def _await_count(self):
        for _ in range(RESET_POLLS):
            stream = await self._ask(TELL_RESETS)
            count = await read_exactly(stream, 1)
            await _finish(stream)
            if count == b"\x01":
                return
            await trio.sleep(RESET_PAUSE_SECONDS)
        raise ValueError("the remote saw no reset")

    async def _echo_once(self):
        """One byte there and back on a new stream; the milliseconds that it takes."""
        started = perf_counter()
        stream = await self._open(ECHO)
        await stream.write(b"*")
        answer = await read_exactly(stream, 1)
        millis = _millis_since(started)
        if answer != b"*":
            raise ValueError("another byte came back")
        await _finish(stream)
        return millis

    async def _stream(self):
        return {"millis": [await self._echo_once() for _ in range(self._rounds)]}


async def _finish(stream):
    """Closes the write side and reads the end that answers it."""
    await stream.close_write()
    if await read_rest(stream) != 0:
        raise ValueError("more came instead of the end")
    await stream.close()
