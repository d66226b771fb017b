"""The written cases and scenes hold, and files like them are checked or refused with the place of the fault."""

import json
from pathlib import Path

import pytest

from leaddesk.policy.conformance import MalformedFile, check_file
from tests.policy.words import EVERYDAY

DATA = Path(__file__).parent.parent / "data"
SCENES = json.loads((DATA / "scenes.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "count"), [("cases.csv", 1013), ("scenes.json", 2652)])
def test_every_written_case_and_scene_holds(name: str, count: int) -> None:
    outcome = check_file(DATA / name, EVERYDAY)
    assert [difference.sentence for difference in outcome.differences] == []
    assert outcome.checked == count


def test_a_case_that_differs_is_told_with_both_answers(tmp_path: Path) -> None:
    lines = (DATA / "cases.csv").read_text(encoding="utf-8").splitlines()
    changed = lines[1].replace("deny,no_agreement", "allow,allowed")
    (tmp_path / "one.csv").write_text(f"{lines[0]}\n{changed}\n", encoding="utf-8")
    outcome = check_file(tmp_path / "one.csv", EVERYDAY)
    assert outcome.summary == "1 checked, 0 agree, 1 differ"
    assert outcome.differences[0].sentence == ("line 2: expected allow allowed, the rule answers deny no_agreement")


def test_a_scene_that_differs_is_told_with_both_answers(tmp_path: Path) -> None:
    scene = json.loads(json.dumps(SCENES[0]))
    scene["expect"]["appears"]["p1"] = "absent"
    scene["expect"]["records"]["nowhere"] = "full"
    (tmp_path / "one.json").write_text(json.dumps([scene]), encoding="utf-8")
    outcome = check_file(tmp_path / "one.json", EVERYDAY)
    told = {difference.where.rpartition(" ")[2]: difference for difference in outcome.differences}
    assert told["appears.p1"].answered == "name"
    assert told["records.nowhere"].answered == "nothing: not in the scene"
    assert outcome.agree == outcome.checked - 2


def malformed(tmp_path: Path, text: str | bytes, name: str = "file") -> str:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(MalformedFile) as caught:
        check_file(path, EVERYDAY)
    return str(caught.value)


HEADER, FIRST = (DATA / "cases.csv").read_text(encoding="utf-8").splitlines()[:2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("role,class\nofficer,care\n", "line 1: no column agreement"),
        ("", "line 1: no column role"),
        (f"{HEADER}\n{FIRST}\nofficer,care\n", "line 3: has not 20 columns"),
        (f"{HEADER}\n{FIRST},extra\n", "line 2: has not 20 columns"),
        (f"{HEADER}\n{FIRST.replace('superseded', 'signed')}\n", "line 2: agreement says 'signed'"),
        (f"{HEADER}\n{FIRST.replace(',all,', ',everything,')}\n", "line 2: release_classes says 'everything'"),
        (f"{HEADER}\n{FIRST.replace(',,,program', ',care,,program')}\n", "line 2: grant has no grant_state"),
        (f"{HEADER}\n{FIRST.replace('all,in force', 'all,')}\n", "line 2: release_to has no release_state"),
        (f'{HEADER}\n"{FIRST}\n', "line 2: unexpected end of data"),
    ],
)
def test_a_table_of_cases_that_cannot_be_read_says_the_line(tmp_path: Path, text: str, said: str) -> None:
    assert said in malformed(tmp_path, text)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    assert malformed(tmp_path, b"\xff\xfe\x00") == "the file: is no text in UTF-8"
    with pytest.raises(MalformedFile, match="the file: can't be read"):
        check_file(tmp_path / "missing.csv", EVERYDAY)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["at"], "yesterday", "$[0].at: is no instant"),
        (["at"], "2026-05-06T17:00:00", "$[0].at: is an instant without an offset"),
        (["site", "zone"], "Mars/Olympus", "$[0].site.zone: is no time zone"),
        (["peple"], [], "$[0].peple: is no key that is known here"),
        (["people", 0, "name"], 7, "$[0].people[0].name: is no text"),
        (["people"], {}, "$[0].people: is no list"),
        (["people", 0], "okafor", "$[0].people[0]: is no object"),
        (["participants", 0, "releases", 0, "signed"], "soon", "$[0].participants[0].releases[0].signed: is no day"),
        (["participants", 0, "releases", 0, "classes"], ["secrets"], "names a class that is not known"),
        (["expect", "appears"], "all", "$[0].expect.appears: is no object"),
    ],
)
def test_a_scene_that_cannot_be_read_says_the_path(
    tmp_path: Path, path: list[str | int], value: object, said: str
) -> None:
    scene = json.loads(json.dumps(SCENES[0]))
    node = scene
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    assert said in malformed(tmp_path, json.dumps([scene]))


def test_broken_json_says_the_line(tmp_path: Path) -> None:
    assert malformed(tmp_path, "[\n{,").startswith("line 2: no JSON")
    assert "$: is no list" in malformed(tmp_path, "{}")
    assert "no JSON" in malformed(tmp_path, "[" * 100_000)


def test_a_file_that_holds_nothing_to_check_is_no_agreement(tmp_path: Path) -> None:
    assert "holds no case" in malformed(tmp_path, f"{HEADER}\n")
    assert "holds no expected answer" in malformed(tmp_path, "[]")
