"""What excuses a red cell, and what is a fault of the harness."""

import unittest

from matrix import OVER, TESTS, Cell, excuse, mute, report, unexcused

STACK = "tcp+noise+yamux"


def cell(dialer, listener, test="reset"):
    return Cell(STACK, dialer, listener, test)


def outcomes(*, passed=(), failed=()):
    return {c: {"ok": True} for c in passed} | {c: {"ok": False, "error": "wrong"} for c in failed}


class Excuse(unittest.TestCase):
    def test_peer_that_fails_against_a_second_foreign_one_excuses(self):
        red = cell("ours", "rust")
        results = outcomes(failed=[red, cell("go", "rust")], passed=[cell("js", "rust")])
        self.assertEqual(excuse(red, results), "rust as listener fails it against go too, and passes it against js")

    def test_peer_that_passes_against_all_others_does_not(self):
        red = cell("rust", "ours")
        self.assertIsNone(excuse(red, outcomes(failed=[red], passed=[cell("rust", "go")])))

    def test_failure_in_the_other_role_does_not(self):
        red = cell("rust", "ours")
        self.assertIsNone(excuse(red, outcomes(failed=[red, cell("go", "rust")])))

    def test_failure_of_another_test_does_not(self):
        red = cell("ours", "rust")
        self.assertIsNone(excuse(red, outcomes(failed=[red, cell("go", "rust", "perf")])))

    def test_cell_that_was_not_run_does_not(self):
        red = cell("ours", "rust")
        results = outcomes(failed=[red]) | {cell("go", "rust"): {"ok": False, "error": OVER}}
        self.assertIsNone(excuse(red, results))

    def test_ours_with_itself_is_never_excused(self):
        red = cell("ours", "ours")
        self.assertIsNone(excuse(red, outcomes(failed=[red, cell("ours", "go"), cell("go", "ours")])))


class Report(unittest.TestCase):
    def test_red_cell_of_ours_fails_the_run(self):
        results = outcomes(failed=[cell("ours", "go", test) for test in TESTS])
        self.assertTrue(report(results, ["ours", "go"], 1)[1])

    def test_cell_that_is_green_at_a_later_try_is_listed_with_its_failures(self):
        results = outcomes(passed=[cell("ours", "go", test) for test in TESTS])
        results[cell("ours", "go", "perf")]["earlier"] = ["16 of 32 bytes came"]
        text, failed = report(results, ["ours", "go"], 1)
        self.assertFalse(failed)
        self.assertIn("1 of them not at the first try", text)
        self.assertIn("| ours → go, tcp+noise+yamux, perf | 16 of 32 bytes came |", text)

    def test_red_cell_without_excuse_is_run_again(self):
        excused = [cell("ours", "rust"), cell("go", "rust")]
        self.assertEqual(unexcused(outcomes(failed=[*excused, cell("ours", "go")])), [cell("ours", "go")])

    def test_red_cell_between_foreign_peers_does_not(self):
        results = outcomes(passed=[cell("js", "go", TESTS[0])], failed=[cell("js", "go", test) for test in TESTS[1:]])
        self.assertFalse(report(results, ["go", "js"], 1)[1])

    def test_foreign_peer_without_any_foreign_handshake_is_a_fault(self):
        results = outcomes(failed=[cell("js", "go", TESTS[0])])
        self.assertIn(f"js as dialer over {STACK} has a handshake with no foreign peer", mute(results, ["go", "js"]))


if __name__ == "__main__":
    unittest.main()
