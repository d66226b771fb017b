"""``leaddesk policy check`` as a county attorney would run it."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from leaddesk.cli import main

DATA = Path(__file__).parent / "data"


def check(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["policy", "check", *map(str, arguments)])


def test_agreement_prints_the_summary_and_exits_0() -> None:
    result = check(DATA / "cases.csv")
    assert (result.exit_code, result.output) == (0, "1013 checked, 1013 agree, 0 differ\n")


def test_a_difference_is_printed_with_both_answers_and_exits_1(tmp_path: Path) -> None:
    text = (DATA / "cases.csv").read_text(encoding="utf-8").replace("deny,no_agreement", "allow,allowed", 1)
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    result = check(tmp_path / "mine.csv")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "line 2: expected allow allowed, the rule answers deny no_agreement",
        "1013 checked, 1012 agree, 1 differ",
    ]
    told = json.loads(check(tmp_path / "mine.csv", "--json").output)
    assert told["differences"] == [{"where": "line 2", "expected": "allow allowed", "answered": "deny no_agreement"}]


def test_a_malformed_file_says_the_place_and_exits_2(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text('[{"at": 7}]', encoding="utf-8")
    result = check(tmp_path / "mine.json")
    assert result.exit_code == 2
    assert result.output == "mine.json: $[0].site: is no object\n"
    assert check(tmp_path / "absent.csv").exit_code == 2
