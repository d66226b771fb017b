"""The promises of a desk, each with a test that anyone can run and read.

``python -m tests.promises`` runs them small, as plain ``pytest`` does; ``python -m tests.promises --full`` runs them
as often as was promised. Both print a table: the promise, the number promised, the number reached, how many times,
the seconds, and ``kept``, ``BROKEN`` or ``not run here``. The exit code is 1 if one is broken.

To add a promise, write a test and mark it; it becomes a row:

    @pytest.mark.promise("private content on the projector, screens unplugged", "0 pixels")
    def test_nothing_private_is_painted(reached: Reached, times: Times) -> None:
        count = times(5, full=100)
        pixels = sum(unplugged() for _ in range(count))
        reached(f"{pixels} pixels", times=count)
        assert pixels == 0

- `times` gives the small number of repetitions or the full one, and makes random numbers that repeat.
- `reached` takes the number reached, in the words of the number promised; say it before asserting it, so that a
  broken promise shows how far it is broken. A row that says nothing counts as broken.
- What can't run on a machine skips with a reason that begins ``not run here: ``.
- A test that can't fail proves nothing. So beside a promise stands, where that is cheap, the same check on a broken
  variant, which has to find the breakage. Such a test has no mark and no row; if it fails, the exit code is 1 too.
"""
