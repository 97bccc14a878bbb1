"""Runs programs that keep the contract of libp2p/unified-testing's transport tests: see README.md."""

import hashlib
import re
import socket
import subprocess
import sys
import tempfile
import time

import peers

TEST_SECONDS = 60
REDIS_SECONDS = 10

RESULT = re.compile(r"latency:\n  handshake_plus_one_rtt: ([\d.]+)\n  ping_rtt: ([\d.]+)\n  unit: ms\n")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def redis(port, folder):
    return subprocess.Popen(
        ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--dir", folder, "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def await_redis(port):
    end = time.monotonic() + REDIS_SECONDS
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                if connection.recv(16).startswith(b"+PONG"):
                    return
        except OSError:
            pass
        if time.monotonic() > end:
            raise peers.Failure("Redis does not answer")
        time.sleep(0.05)


def environment(name, stack, is_dialer, redis_port):
    settings = {
        "IS_DIALER": str(is_dialer).lower(),
        "REDIS_ADDR": f"127.0.0.1:{redis_port}",
        # As the official runner makes it.
        "TEST_KEY": hashlib.sha256(name.encode()).hexdigest()[:8],
        "TRANSPORT": stack.transport,
        "LISTENER_IP": "127.0.0.1",
        "DEBUG": "false",
    }
    if stack.security:
        settings |= {"SECURE_CHANNEL": stack.security, "MUXER": stack.muxer}
    return settings


def run(dialer, listener, stack, port, log):
    """The two measures, in milliseconds."""
    name = f"{dialer} x {listener} ({stack.name})"
    with peers.Process(peers.command(listener), log, environment(name, stack, False, port)) as listening:
        with peers.Process(peers.command(dialer), log, environment(name, stack, True, port)) as dialing:
            end = time.monotonic() + TEST_SECONDS
            text = ""
            while not text.endswith("unit: ms\n"):
                text += dialing.line(end - time.monotonic())
            if (status := dialing.status(end - time.monotonic())) != 0:
                raise peers.Failure(f"the dialer ended with {status}")
        listening.end()
    if not (match := RESULT.fullmatch(text)):
        raise peers.Failure(f"not the measures: {text!r}")
    return float(match[1]), float(match[2])


def wanted(names):
    if peers.OURS not in names:
        return [("go", "go")]
    return [(peers.OURS, peers.OURS), (peers.OURS, "go"), ("go", peers.OURS)]


def main():
    failures = 0
    peers.INSTALLED.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, open(peers.INSTALLED / "unified.log", "w") as log:
        store = redis(port, folder)
        try:
            await_redis(port)
            print("| dialer → listener | stack | handshake + 1 RTT, ms | ping, ms |\n| --- | --- | ---: | ---: |")
            for dialer, listener in wanted(peers.present([peers.OURS, "go"])):
                for stack in peers.STACKS:
                    try:
                        handshake, ping = run(dialer, listener, stack, port, log)
                        print(f"| {dialer} → {listener} | {stack.name} | {handshake:.1f} | {ping:.2f} |", flush=True)
                    except peers.Failure as failure:
                        failures += 1
                        print(f"| {dialer} → {listener} | {stack.name} | **✗** {failure} | |", flush=True)
        finally:
            store.terminate()
            store.wait()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
