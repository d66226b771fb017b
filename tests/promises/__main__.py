"""``python -m tests.promises``: shows every promise and prints the table."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.promises.row import BROKEN, KEPT, NOT_HERE
from tests.promises.table import Promises, machine, table


def main(arguments: list[str] | None = None) -> int:
    """Runs the tests, prints, and writes the JSON where one is asked for; 1 if a promise is broken."""
    parser = ArgumentParser(prog="python -m tests.promises", description=__doc__)
    parser.add_argument("--full", action="store_true", help="as often as was promised; takes long")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table here too")
    parser.add_argument("-k", dest="some", default="", metavar="WORDS", help="some of them, as pytest's -k")
    options = parser.parse_args(arguments)
    promises = Promises(full=options.full)
    # One after the other: a promise of so many seconds is for a program that has the computer.
    arguments = [str(Path(__file__).parent), "-n", "0", "-k", options.some, "--no-header"]
    ended = pytest.main(arguments, plugins=[promises])
    rows = promises.rows()
    print("; ".join(f"{part} {version}" for part, version in machine().items()))
    print("in full" if options.full else "small; --full tries as often as was promised")
    print(table(rows))
    counts = Counter(row.verdict for row in rows)
    print(", ".join(f"{counts[verdict]} {verdict}" for verdict in (KEPT, BROKEN, NOT_HERE)))
    if options.json is not None:
        facts = {"full": options.full, "machine": machine(), "promises": [asdict(row) for row in rows]}
        options.json.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    return int(ended is not pytest.ExitCode.OK or counts[BROKEN] > 0)


if __name__ == "__main__":
    sys.exit(main())
