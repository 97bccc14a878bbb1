"""The peer program of py-libp2p: see ../README.md for the contract that it keeps."""

import argparse
import json
import sys

import trio
from multiaddr import Multiaddr

from dialer import Dialer
from protocols import serve
from stack import create_host, listen_address


def emit(value):
    print(json.dumps(value), flush=True)


async def listen(options):
    host = create_host(options)
    serve(host)
    async with host.run([listen_address(options)]):
        emit({"listening": [str(address) for address in host.get_addrs()]})
        await trio.to_thread.run_sync(sys.stdin.read)


async def dial(options):
    """Whether all tests passed."""
    host = create_host(options)
    async with host.run([]):
        dialer = Dialer(host, Multiaddr(options.multiaddr), options.bytes, options.rounds)
        for test in options.tests.split(","):
            try:
                emit({"test": test, "ok": True, **await dialer.run(test)})
            except Exception as failure:
                emit({"test": test, "ok": False, "error": f"{type(failure).__name__}: {failure}"})
                return False
    return True


def parse():
    parser = argparse.ArgumentParser(prog="peer")
    modes = parser.add_subparsers(dest="mode", required=True)
    for mode in ("listen", "dial"):
        arguments = modes.add_parser(mode)
        arguments.add_argument("--transport", choices=["tcp", "quic-v1"], default="tcp")
        arguments.add_argument("--security", choices=["noise", "tls"], default="noise")
        arguments.add_argument("--muxer", choices=["yamux"], default="yamux")
        if mode == "dial":
            arguments.add_argument("multiaddr")
            arguments.add_argument("--tests", default="handshake")
            arguments.add_argument("--bytes", type=int, default=16 << 20)
            arguments.add_argument("--rounds", type=int, default=1)
    return parser.parse_args()


def main():
    options = parse()
    if options.mode == "listen":
        trio.run(listen, options)
        return 0
    return 0 if trio.run(dial, options) else 1


sys.exit(main())
