"""``python -m benchmarks``: measures every figure, or some, and prints the table."""

import json
from argparse import ArgumentParser
from pathlib import Path

from benchmarks import meeting, memory, room, start, vault, watchdog
from benchmarks.desks import PARTS
from benchmarks.frame import RUNS, Conditions, Figure, as_json, machine, measure, table

FIGURES: tuple[Figure, ...] = (
    *room.FIGURES,
    *meeting.FIGURES,
    *watchdog.FIGURES,
    *memory.FIGURES,
    *start.FIGURES,
    *vault.FIGURES,
)


def main(arguments: list[str] | None = None) -> None:
    """Measures, prints, and writes the JSON where one is asked for."""
    names = [figure.name for figure in FIGURES]
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results here too")
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=f"some of: {'; '.join(names)}")
    parser.add_argument("--quick", action="store_true", help="small and few: shows that it runs, measures nothing")
    parser.add_argument(
        "--desk-dir", type=Path, metavar="DIR", help="where the ten-year desk and the others are kept"
    )
    options = parser.parse_args(arguments)
    how = Conditions(quick=options.quick, desks=options.desk_dir)
    results = [measure(one, how) for one in FIGURES if one.name in (options.only or names)]
    print("; ".join(f"{part} {version}" for part, version in machine()))
    print("a quick look, no measurement" if options.quick else f"median of {RUNS} runs by turns")
    print(f"on the desks: {', '.join(PARTS)}; no calls for service yet")
    print(table(results))
    for result in results:
        print(f"  {result.figure.name}: {result.figure.work}")
    if options.json is not None:
        options.json.write_text(json.dumps(as_json(results), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
