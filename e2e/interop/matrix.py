"""Runs every test between every two peers and says which cells are red: see README.md."""

import datetime
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import peers

TESTS = ["handshake", "identify", "ping", "perf", "streams100", "echo64MiB", "half-close", "reset"]
CELL_SECONDS = 20
# Of those that move many bytes.
BULK_SECONDS = {"perf": 60, "echo64MiB": 60}
# Cells that are not done by then are red.
WHOLE_SECONDS = 360
# Of a cell of ours that is red and not excused: one that only the load of the machine made red is green then.
TRIES = 3
LISTEN_SECONDS = 30
OVER = f"not run, since the whole may take {WHOLE_SECONDS} s"

# py-libp2p moves a few MB/s over QUIC; against one foreign peer it is enough to judge it.
SLOW = {("py", "quic-v1"): "go"}


@dataclass(frozen=True)
class Cell:
    stack: str
    dialer: str
    listener: str
    test: str


@dataclass(frozen=True)
class Pair:
    stack: peers.Stack
    dialer: str
    listener: str

    def cell(self, test):
        return Cell(self.stack.name, self.dialer, self.listener, test)


def wanted(stack, dialer, listener):
    """Ours against all and itself; foreign peers against each other."""
    if peers.OURS in (dialer, listener):
        return True
    slow = [SLOW.get((dialer, stack.name), listener), SLOW.get((listener, stack.name), dialer)]
    return dialer != listener and slow == [listener, dialer]


def pairs(names):
    found = [
        Pair(stack, dialer, listener)
        for stack in peers.STACKS
        for dialer in names
        for listener in names
        if wanted(stack, dialer, listener)
    ]

    def order(pair):
        # What takes long goes first, or one worker would do it while the others are done. Then ours, if time is short.
        ends = (pair.dialer, pair.listener)
        return not any((name, pair.stack.name) in SLOW for name in ends), peers.OURS not in ends

    return sorted(found, key=order)


class Run:
    def __init__(self):
        self._end = time.monotonic() + WHOLE_SECONDS
        self.results = {}
        self._logs = peers.INSTALLED / "logs"
        self._logs.mkdir(parents=True, exist_ok=True)

    def _left(self, seconds):
        left = self._end - time.monotonic()
        if left <= 0:
            raise peers.Failure(OVER)
        return min(seconds, left)

    def pair(self, pair):
        """Runs the tests; after one that fails the others go on between new processes."""
        with self._log(pair, "w") as log:
            self._all(pair, list(TESTS), log)

    def again(self):
        """Runs the cells that fail the run again, one by one; what they told before stays with their results."""
        for _ in range(TRIES - 1):
            for cell in unexcused(self.results):
                pair = Pair(next(s for s in peers.STACKS if s.name == cell.stack), cell.dialer, cell.listener)
                before = self.results[cell]
                with self._log(pair, "a") as log:
                    self._all(pair, [cell.test], log)
                self.results[cell]["earlier"] = [*before.get("earlier", []), before["error"]]

    def _log(self, pair, mode):
        return open(self._logs / f"{pair.stack.name}-{pair.dialer}-{pair.listener}.log", mode)

    def _all(self, pair, tests, log):
        while tests:
            try:
                self._some(pair, tests, log)
            except peers.Failure as failure:
                self._record(pair, tests.pop(0), {"ok": False, "error": str(failure)})
            if not self.results[pair.cell(TESTS[0])]["ok"]:
                for test in tests:
                    self._record(pair, test, {"ok": False, "error": "there is no handshake"})
                return

    def _some(self, pair, tests, log):
        """Runs tests, and removes them from the list, to the first that fails."""
        with peers.listen(pair.listener, pair.stack, log) as listener:
            to = peers.address(listener, self._left(LISTEN_SECONDS))
            with peers.dial(pair.dialer, pair.stack, to, tests, log) as dialer:
                while tests:
                    result = dialer.json(self._left(BULK_SECONDS.get(tests[0], CELL_SECONDS)))
                    if result.get("test") != tests[0]:
                        raise peers.Failure(f"a result of {result.get('test')}")
                    self._record(pair, tests.pop(0), result)
                    if not result["ok"]:
                        return
                if (status := dialer.status(self._left(peers.END_SECONDS))) != 0:
                    error = f"the dialer passed all tests, but ended with {status}"
                    self._record(pair, TESTS[-1], {"ok": False, "error": error})

    def _record(self, pair, test, result):
        self.results[pair.cell(test)] = result
        if not result["ok"]:
            print(f"{pair.dialer} → {pair.listener}, {pair.stack.name}, {test}: {result['error']}", file=sys.stderr)


def excuse(cell, results):
    """Why a red cell of ours is no fault of ours: the foreign peer fails it in the same role against a second foreign one."""
    role, other_role = ("listener", "dialer") if cell.dialer == peers.OURS else ("dialer", "listener")
    foreign = getattr(cell, role)
    outcomes = {True: [], False: []}
    for other, result in results.items():
        second = getattr(other, other_role)
        same = (other.stack, other.test, getattr(other, role)) == (cell.stack, cell.test, foreign)
        if same and second not in (peers.OURS, foreign) and result.get("error") != OVER:
            outcomes[result["ok"]].append(second)
    if foreign == peers.OURS or not outcomes[False]:
        return None
    passes = f", and passes it against {' and '.join(outcomes[True])}" if outcomes[True] else ""
    return f"{foreign} as {role} fails it against {' and '.join(outcomes[False])} too{passes}"


def unexcused(results):
    """The cells of ours that fail the run."""
    return [c for c, result in results.items() if not result["ok"] and _is_ours(c) and not excuse(c, results)]


def mute(results, names):
    """Foreign peers that speak to no other foreign one. That is a fault of the harness, which would excuse everything."""
    return [
        f"{name} as {role} over {stack.name} has a handshake with no foreign peer"
        for stack in peers.STACKS
        for name in names
        for role in ("dialer", "listener")
        if name != peers.OURS and not _heard(results, stack, name, role)
    ]


def _heard(results, stack, name, role):
    cells = [c for c in results if c.stack == stack.name and c.test == TESTS[0] and getattr(c, role) == name]
    between_foreign = [c for c in cells if peers.OURS not in (c.dialer, c.listener)]
    return not between_foreign or any(results[c]["ok"] for c in between_foreign)


def agents(results):
    """The version that each listener tells by identify."""
    found = {}
    for cell, result in results.items():
        if "agent" in result:
            found[cell.listener] = result["agent"]
    return found


def _is_ours(cell):
    return peers.OURS in (cell.dialer, cell.listener)


def report(results, names, seconds):
    """The matrix as Markdown, and whether the run failed."""
    red = {cell for cell, result in results.items() if not result["ok"]}
    excused = {cell: why for cell in red if _is_ours(cell) and (why := excuse(cell, results))}
    late = {cell for cell in results.keys() - red if "earlier" in results[cell]}
    faults = mute(results, names)
    lines = ["# Interop matrix", "", _summary(results, red, excused, late, names, seconds)]
    for stack in peers.STACKS:
        lines += ["", f"## {stack.name}", "", f"| dialer → listener | {' | '.join(TESTS)} |", "| --- |" + " :-: |" * len(TESTS)]
        for dialer in names:
            for listener in names:
                row = [Cell(stack.name, dialer, listener, test) for test in TESTS]
                if row[0] in results:
                    lines.append(f"| {dialer} → {listener} | {' | '.join(_sign(c, red, excused, late) for c in row)} |")
    if faults:
        lines += ["", "## Faults of the harness", "", *(f"- {fault}" for fault in faults)]
    ours = [cell for cell in red if _is_ours(cell)]
    if ours:
        lines += ["", "## Not green", "", "| cell | failure | excused |", "| --- | --- | --- |"]
        lines += [f"{_failure(cell, results[cell]['error'])} | {excused.get(cell, '**no**')} |" for cell in sorted(ours, key=_place)]
    if late:
        lines += ["", "## ✓¹: not green at the first try", "", "| cell | failures before |", "| --- | --- |"]
        lines += [f"{_failure(cell, '; '.join(results[cell]['earlier']))} |" for cell in sorted(late, key=_place)]
    if foreign := red.difference(ours):
        lines += ["", "## Not green between foreign peers", "", "| cell | failure |", "| --- | --- |"]
        lines += [f"{_failure(cell, results[cell]['error'])} |" for cell in sorted(foreign, key=_place)]
    return "\n".join(lines) + "\n", bool(faults or unexcused(results))


def _summary(results, red, excused, late, names, seconds):
    ours = {cell for cell in results if _is_ours(cell)}
    told = agents(results)
    return (
        f"{datetime.date.today()}, {os.cpu_count()} cores, {seconds:.0f} s. "
        f"Of ours {len(ours - red)} of {len(ours)} cells are green, {len(late)} of them not at the first try, {len(excused)} excused, {len(ours & red) - len(excused)} red; "
        f"between foreign peers {len(results.keys() - ours - red)} of {len(results.keys() - ours)} are green. "
        + ", ".join(f"{name}: {told.get(name, '?')}" for name in names)
        + "."
    )


def _sign(cell, red, excused, late):
    if cell not in red:
        return "✓¹" if cell in late else "✓"
    return "**✗**" if _is_ours(cell) and cell not in excused else "(✗)"


def _place(cell):
    return cell.stack, cell.dialer, cell.listener, TESTS.index(cell.test)


def _failure(cell, error):
    failure = error.replace("|", "\\|").replace("\n", " ")[:300]
    return f"| {cell.dialer} → {cell.listener}, {cell.stack}, {cell.test} | {failure}"


def main(names):
    names = peers.present(names)
    started = time.monotonic()
    run = Run()
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as workers:
        list(workers.map(run.pair, pairs(names)))
    run.again()
    text, failed = report(run.results, names, time.monotonic() - started)
    (peers.TARGET / "interop.md").write_text(text)
    (peers.TARGET / "interop.json").write_text(
        json.dumps([{**vars(cell), **result} for cell, result in run.results.items()], indent=1)
    )
    print(text, end="")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
