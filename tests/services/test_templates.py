"""A new version of the agreement: what was signed before counts until the meeting ends, unless the chair says now."""

import json
from pathlib import Path

import pytest

from leaddesk.assets import resource
from leaddesk.errors import KnownError
from leaddesk.services.agreements import accepted_template, has_signed, sign_on_paper
from leaddesk.services.templates import from_file, shipped, supersede, whom_it_narrows
from tests.services.opened import ledger
from tests.services.test_the_room_on_disk import Place, place

__all__ = ["place"]


def signed(place: Place, who: str) -> bool:
    return place.desk.do(has_signed, who)


def test_with_an_open_meeting_the_version_before_counts_until_it_closes(place: Place) -> None:
    live, bell = place.live(), place.people[0]
    live.arrive(bell)
    live.do(sign_on_paper, bell, place.desk.user.id)
    place.after(minutes=1)
    assert place.desk.do(whom_it_narrows, live.watch) == {"en": ("Tom Bell",), "es": ()}
    live.do(supersede, shipped("en", "2"))
    assert signed(place, bell)
    assert place.desk.do(accepted_template, "en").version == "2", "whoever signs now signs the new one"
    live.do(sign_on_paper, place.people[1], place.desk.user.id)
    place.after(minutes=1)
    live.close()
    assert not signed(place, bell)
    assert signed(place, place.people[1])
    assert [e.payload["waits"] for e in ledger(place.desk) if e.action == "template_added"] == [True]


def test_the_chair_may_have_it_end_now_which_narrows_the_room(place: Place) -> None:
    live, bell = place.live(), place.people[0]
    live.arrive(bell)
    live.do(sign_on_paper, bell, place.desk.user.id)
    place.after(minutes=1)
    live.do_narrowing(supersede, shipped("en", "2", now=True))
    assert not signed(place, bell)
    assert place.desk.do(whom_it_narrows, live.watch) == {"en": (), "es": ()}


def test_with_no_meeting_open_it_ends_at_once(place: Place) -> None:
    live = place.live()
    live.close()
    chair = place.desk.user.id
    assert signed(place, chair)
    place.after(minutes=1)
    live.do(supersede, shipped("es", "2"))
    assert signed(place, chair), "the other language's version still counts"
    live.do(supersede, shipped("en", "2"))
    assert not signed(place, chair)


@pytest.mark.parametrize(("version", "says"), [("  ", "needs a name"), ("1", "a version 1")])
def test_a_version_has_a_name_of_its_own(place: Place, version: str, says: str) -> None:
    with pytest.raises(KnownError, match=says):
        place.desk.do(supersede, shipped("en", version))


def test_a_sites_own_text_is_read_from_a_file(place: Place, tmp_path: Path) -> None:
    held = json.loads(resource("agreements/en.json").read_text(encoding="utf-8"))
    held["title"] = "Our agreement"
    file = tmp_path / "ours.json"
    file.write_text(json.dumps(held), encoding="utf-8")
    place.desk.do(supersede, from_file(file, "ours"))
    made = place.desk.do(accepted_template, "en")
    assert (made.title, made.version, made.months) == ("Our agreement", "ours", 12)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "[]",
        '{"language": "en"}',
        '{"language": "xx", "title": "A", "closing": "B", "clauses": [{"heading": "C", "body": "D"}]}',
        '{"language": "en", "title": "A", "closing": "B", "clauses": []}',
        '{"language": "en", "title": "", "closing": "B", "clauses": [{"heading": "C", "body": "D"}]}',
        '{"language": "en", "title": 5, "closing": "B", "clauses": [{"heading": "C", "body": "D"}]}',
    ],
)
def test_a_file_that_holds_no_agreement_says_so(tmp_path: Path, words: str) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(words, encoding="utf-8")
    with pytest.raises(KnownError, match="holds no agreement"):
        from_file(file, "2")
    with pytest.raises(KnownError, match="holds no agreement"):
        from_file(tmp_path / "none.json", "2")
