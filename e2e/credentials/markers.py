#!/usr/bin/env python3
"""Values that are hard to keep out of logs, each with random markers in it, and the search for those markers.

Usage: markers.py make FOLDER           writes values.json (name to value), credentials.json (the action's input) and markers
       markers.py log FOLDER LOG        prints what act's log shows of markers: whatever our steps wrote, and what act wrote
                                        itself once it had been told all masks
       markers.py search FOLDER PATH…   prints each place below the paths that holds a marker, as it is, in base64 or in hex;
                                        ends with 1 when there is one
"""

import base64
import json
import os
import pathlib
import re
import secrets
import sys
from collections.abc import Iterator

MARKER_BYTES = 12
MAX_VALUE_BYTES = 64 * 1024


class Values:
    def __init__(self) -> None:
        self.markers: list[str] = []

    def marker(self) -> str:
        marker = "mk" + secrets.token_hex(MARKER_BYTES)
        self.markers.append(marker)
        return marker

    def pem(self) -> str:
        lines = [(self.marker() + secrets.token_hex(32))[:64] for _ in range(5)]
        return "\n".join(["-----BEGIN PRIVATE KEY-----", *lines, self.marker()[:26] + "==", "-----END PRIVATE KEY-----", ""])

    def long_line(self) -> str:
        text = "".join(self.marker() + secrets.token_hex(499) for _ in range(MAX_VALUE_BYTES // 1024))
        return text[:MAX_VALUE_BYTES]

    def many_lines(self) -> str:
        return "".join(f"{self.marker()} line {number}\n" for number in range(60))

    def all(self) -> dict[str, str]:
        m = self.marker
        return {
            "NASTY_PEM": self.pem(),
            "NASTY_PERCENT": f"100%{m()}%25%0A%0D%%{m()}%3A%2C",
            "NASTY_COLONS": f"{m()}::{m()}::add-mask::{m()}::",
            "NASTY_COMMAND": f"::stop-commands::{m()}\n::set-output name=x::{m()}\n##[add-mask]{m()}",
            "NASTY_CRLF": f"{m()}\r\n{m()}\r\n\r{m()}",
            "NASTY_DELIMITER": f"{m()}<<EOF\nEOF\nghadelimiter_{m()}\n_GitHubActionsFileCommandDelimeter_\n{m()}=x",
            "NASTY_JSON": json.dumps({"key": m(), "list": [1, {"deep": m()}], m(): "}"}, indent=2),
            "NASTY_UNICODE": f"pässwörd {m()} 雪 😀 \u202e{m()}",
            "NASTY_SPACES": f"  {m()}\t \n  {m()}  ",
            "NASTY_QUOTES": f"\"{m()}' $({m()}) `{m()}` \\n{m()}\\",
            "NASTY_LINES": self.many_lines(),
            "NASTY_LONG": self.long_line(),
        }


def make(folder: pathlib.Path) -> None:
    folder.mkdir(mode=0o700, parents=True)
    values = Values()
    named = values.all()
    (folder / "values.json").write_text(json.dumps(named))
    given = [{"name": name, "value": value, "scope": "repo", "ttl_hours": 1} for name, value in named.items()]
    (folder / "credentials.json").write_text(json.dumps(given, separators=(",", ":")))
    (folder / "markers").write_text("".join(marker + "\n" for marker in values.markers))


def forms(marker: bytes) -> Iterator[bytes]:
    yield marker
    yield marker.hex().encode()
    # Of whatever stands before it, base64 depends on the length modulo 3 only; the ends depend on the neighbours.
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + marker)
        yield encoded[(before * 8 + 5) // 6 : len(encoded) - 4]


def files(path: pathlib.Path) -> Iterator[pathlib.Path]:
    if path.is_file() and not path.is_symlink():
        yield path
    elif path.is_dir() and not path.is_symlink():
        for below in sorted(path.iterdir()):
            yield from files(below)


def search(folder: pathlib.Path, paths: list[pathlib.Path]) -> int:
    markers = (folder / "markers").read_bytes().split()
    wanted = {form: marker for marker in markers for form in forms(marker)}
    found = 0
    for path in paths:
        for file in files(path):
            content = file.read_bytes()
            hits = sorted({form.decode() for form in wanted if form in content})
            if hits:
                found += 1
                print(f"{file}: {len(hits)}, such as {hits[0]}")
    return 1 if found else 0


def log(folder: pathlib.Path, path: pathlib.Path) -> int:
    """act does not wait for the end of a step's output before it shows what the step set, so that it shows some of it before
    it has read how to mask that. It can do so only up to what the action says after its masks."""
    markers = (folder / "markers").read_bytes().split()
    wanted = {form for marker in markers for form in forms(marker)}
    told: set[bytes] = set()
    found = early = 0
    # A message of several lines has its job before the first.
    for entry in re.split(rb"^(?=\[Leaks\d+/|time=)", path.read_bytes(), flags=re.M):
        job = entry.split(b"]", 1)[0]
        ours = re.match(rb"\[Leaks\d+/\w+ *\]   \| ", entry) is not None
        if ours and b"| NASTY_PEM" in entry:
            told.add(job)
        if any(form in entry for form in wanted):
            if ours or job in told:
                found += 1
                print(entry[:300].decode(errors="replace"))
            else:
                early += 1
    print(f"  ({early} messages of act itself came before act had read the masks)", file=sys.stderr)
    if len(told) < 3:
        print("not all jobs said what they injected")
    return 1 if found or len(told) < 3 else 0


if __name__ == "__main__":
    os.umask(0o077)
    command, target, *rest = sys.argv[1:]
    if command == "make":
        make(pathlib.Path(target))
    elif command == "log":
        sys.exit(log(pathlib.Path(target), pathlib.Path(rest[0])))
    else:
        sys.exit(search(pathlib.Path(target), [pathlib.Path(path) for path in rest]))
