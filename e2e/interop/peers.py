"""The peer programs, as processes of the contract in README.md."""

import json
import os
import platform
import queue
import signal
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TARGET = ROOT / "e2e/target"
INSTALLED = TARGET / "interop"

END_SECONDS = 5


@dataclass(frozen=True)
class Stack:
    name: str
    transport: str
    security: str | None = None
    muxer: str | None = None

    def options(self):
        options = ["--transport", self.transport]
        if self.security:
            options += ["--security", self.security, "--muxer", self.muxer]
        return options


STACKS = [
    Stack("tcp+noise+yamux", "tcp", "noise", "yamux"),
    Stack("tcp+tls+yamux", "tcp", "tls", "yamux"),
    Stack("quic-v1", "quic-v1"),
]

OURS = "ours"


def _ours():
    home = subprocess.run([ROOT / "images/java-home"], check=True, capture_output=True, text=True).stdout.strip()
    return [
        f"{home}/bin/java",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        f"{TARGET / 'classes'}:{TARGET / 'lib'}/*",
        "io.github.cachemesh.e2e.interop.PeerProgram",
    ]


def _js():
    cpu = {"x86_64": "x64", "aarch64": "arm64"}[platform.machine()]
    return [HERE / f"js/node_modules/node-linux-{cpu}/bin/node", HERE / "js/peer.js"]


_COMMANDS = {
    OURS: _ours,
    "go": lambda: [INSTALLED / "go-peer"],
    "js": _js,
    "py": lambda: [INSTALLED / "venv/bin/python", HERE / "py/peer.py"],
    "rust": lambda: [INSTALLED / "cargo/release/cachemesh-interop-peer"],
}


def present(names):
    """Those of the peers that are installed: ours may not be there yet."""
    ours = TARGET / "classes/io/github/cachemesh/e2e/interop/PeerProgram.class"
    return [name for name in names if name != OURS or ours.exists()]


def command(peer):
    return [str(part) for part in _COMMANDS[peer]()]


class Failure(Exception):
    """What a process did not do."""


class Process:
    """A process whose standard output is lines. It dies with its group when the context ends."""

    def __init__(self, arguments, log, environment=None):
        self._process = subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
            env={**os.environ, **(environment or {})},
        )
        self._lines = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def line(self, seconds):
        """The next line."""
        try:
            line = self._lines.get(timeout=max(0, seconds))
        except queue.Empty:
            raise Failure(f"no result within {seconds:.0f} s") from None
        if line is None:
            raise Failure(f"the process ended early, with {self._process.wait()}")
        return line

    def json(self, seconds):
        line = self.line(seconds)
        try:
            return json.loads(line)
        except ValueError:
            raise Failure(f"not a line of JSON: {line[:200]!r}") from None

    def status(self, seconds):
        """The exit status."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failure(f"still running after {seconds:.0f} s") from None

    def end(self):
        """Ends a process that goes on until it is told."""
        os.killpg(self._process.pid, signal.SIGTERM)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def listen(peer, stack, log):
    return Process([*command(peer), "listen", *stack.options()], log)


def address(listener, seconds):
    """Where a listener can be dialed."""
    addresses = listener.json(seconds).get("listening")
    if not addresses:
        raise Failure("the listener has no address")
    return addresses[0]


def dial(peer, stack, to, tests, log, *options):
    return Process([*command(peer), "dial", to, *stack.options(), "--tests", ",".join(tests), *options], log)
