"""Each figure runs and gives a ratio. Nothing here looks at how long anything takes."""

import json
from math import isfinite
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from benchmarks.__main__ import FIGURES, main
from benchmarks.frame import Conditions, Figure, Goal, Result, measure, table


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_every_figure_runs_and_gives_a_ratio(figure: Figure, desks: Path, qapp: QApplication) -> None:
    result = measure(figure, Conditions(quick=True, desks=desks))
    assert not result.missing
    assert isfinite(result.ratio)
    assert 0 < result.lowest <= result.ratio <= result.highest


def _measured(ratio: float, goal: Goal, missing: str = "", yardstick: str = "running") -> Result:
    figure = Figure(name="walking", work="a mile", yardstick=yardstick, goal=goal, prepare=FIGURES[0].prepare)
    return Result(figure=figure, work=ratio, ratio=ratio, lowest=ratio, highest=ratio, missing=missing)


@pytest.mark.parametrize(
    ("ratio", "goal", "verdict"),
    [
        (1.5, Goal(1.5), "met"),
        (1.6, Goal(1.5), "MISSED"),
        (200, Goal(200, faster=True), "met"),
        (199, Goal(200, faster=True), "MISSED"),
    ],
)
def test_a_miss_is_told_as_a_miss(ratio: float, goal: Goal, verdict: str) -> None:
    assert table([_measured(ratio, goal)]).splitlines()[-1].endswith(verdict)


def test_what_is_missing_is_told_and_has_no_ratio() -> None:
    assert table([_measured(0, Goal(2), "no legs")]).splitlines()[-1].endswith("not run here: no legs")


def test_a_figure_without_a_yardstick_is_held_against_its_goal_in_its_own_words() -> None:
    line = table([_measured(0.06, Goal(0.05), yardstick="")]).splitlines()[-1]
    assert "60 ms" in line
    assert "at most 50 ms" in line
    assert line.endswith("MISSED")


def test_the_table_is_printed_and_written_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.json"
    main(["--quick", "--only", "growth", "--json", str(file)])
    (figure,) = json.loads(file.read_text(encoding="utf-8"))["figures"]
    assert figure["figure"] == "growth"
    assert figure["ratio"] > 0
    assert "growth" in capsys.readouterr().out
