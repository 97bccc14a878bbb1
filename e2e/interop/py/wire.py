"""What goes over the streams: the payload that every program knows, and reading that tells an end from a failure."""

from libp2p.network.stream.exceptions import StreamEOF, StreamReset
from libp2p.stream_muxer.exceptions import MuxedStreamEOF
from libp2p.transport.quic.exceptions import QUICStreamClosedError

CHUNK = 64 * 1024
LENGTH = 65_521

# The block that every payload repeats, often enough that a chunk at any offset is a slice of it.
_PATTERN = bytes((31 * i + (i >> 8)) % 256 for i in range(LENGTH)) * 3


def content_at(offset, length):
    start = offset % LENGTH
    return _PATTERN[start : start + length]


async def read_chunk(stream, limit=CHUNK):
    """The next bytes, and none at the end."""
    try:
        return await stream.read(limit)
    except (StreamEOF, StreamReset) as error:
        # The library takes the reset of a yamux stream for its end, and the end of a QUIC stream, with its write side
        # closed already, for a reset.
        if _was_reset(stream.muxed_stream):
            raise StreamReset("the remote reset the stream") from error
        return await _read_left(stream.muxed_stream, limit)


async def _read_left(muxed, limit):
    """What came with the end of a QUIC stream, which the library tells first when both come while it looks for bytes."""
    if not _is_quic(muxed):
        return b""
    try:
        return await muxed.read(limit)
    except (QUICStreamClosedError, MuxedStreamEOF):
        return b""


def _is_quic(muxed):
    return hasattr(muxed, "is_reset")


def _was_reset(muxed):
    return muxed.is_reset() if _is_quic(muxed) else muxed.reset_received


async def read_exactly(stream, length):
    content = b""
    while len(content) < length:
        chunk = await read_chunk(stream, length - len(content))
        if not chunk:
            raise EOFError(f"the stream ended after {len(content)} of {length} bytes")
        content += chunk
    return content


async def read_rest(stream):
    """The number of bytes to the end."""
    count = 0
    while chunk := await read_chunk(stream):
        count += len(chunk)
    return count


async def read_payload(stream, length):
    offset = 0
    while chunk := await read_chunk(stream):
        if chunk != content_at(offset, len(chunk)):
            raise ValueError(f"the content differs within {len(chunk)} bytes from {offset}")
        offset += len(chunk)
    if offset != length:
        raise EOFError(f"{offset} of {length} bytes came")


async def write_payload(stream, length):
    for offset in range(0, length, CHUNK):
        await stream.write(content_at(offset, min(CHUNK, length - offset)))
