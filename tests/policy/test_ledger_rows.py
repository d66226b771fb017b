"""The ledger in words: everybody named as the signed-in user may have them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.facts import Exclusion
from leaddesk.policy.ledger_rows import (
    LedgerView,
    LedgerWish,
    LedgerWords,
    since_instant,
    until_instant,
    verified,
)
from leaddesk.policy.ledger_words import LedgerKind, actions_of, kind_of, known_actions, sentence_of
from leaddesk.policy.records import Fact, Kind, Record
from leaddesk.policy.vocabulary import InformationClass
from tests.policy.meeting import ZONE, brooks, desk, meyer, shown_to

AT = datetime(2026, 5, 6, 17, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Written:
    action: str
    objects: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=dict)
    actor: str = "okafor"
    sequence: int = 1412
    at: datetime = AT


@dataclass(frozen=True)
class Wrong:
    what: str = "Entry 3 is missing."
    where: str = "ledger, entry 3"
    todo: str = "Restore a backup."
    since: datetime | None = None


def attendee(id_: str, given: str, family: str) -> Record:
    fields = {"given_name": given, "family_name": family}
    return Record(
        kind=Kind.ATTENDEE,
        id=id_,
        fields={name: Fact(cls=InformationClass.COMMUNITY, value=value) for name, value in fields.items()},
    )


PEOPLE = {"okafor": attendee("okafor", "Jo", "Okafor"), "hart": attendee("hart", "Mia", "Hart")}


def words(mine: Disclosure | None = None) -> LedgerWords:
    return LedgerWords(mine or shown_to(signed_in="okafor"), PEOPLE, ZONE)


def view(
    *entries: Written, mine: Disclosure | None = None, wish: LedgerWish | None = None, limit: int = 9
) -> LedgerView:
    return words(mine).view(wish or LedgerWish(), entries, count=len(entries), limit=limit)


def title(action: str, objects: Mapping[str, Any] | None = None, **payload: Any) -> str:
    return view(Written(action, objects or {}, payload)).rows[0].title


def test_an_entry_is_a_sentence_with_when_by_whom_and_its_number() -> None:
    (row,) = view(Written("checked_in", {"attendee": "hart"})).rows
    assert (row.title, row.kind, row.id) == ("Checked in Mia Hart", "Who came and went", "1412")
    assert row.detail == "Wed 6 May 2026, 10:03  ·  Jo Okafor  ·  entry 1,412"


def test_sentences_say_what_the_entry_holds() -> None:
    assert title("agreement_signed", {"attendee": "hart"}) == "Mia Hart signed the confidentiality agreement"
    assert title("export_counted", {"entry": 7}, records=12, left_out=1) == (
        "Counted the export of entry 7: 12 records, 1 left out"
    )
    assert title("minutes_finalized", {"meeting": "m1"}) == "Finalized the minutes, version ?"
    assert title("rows", rows={"release:1": "ab", "user:1": None}) == "Kept the fingerprints of 2 rows"
    assert title("rows", rows="?") == "Kept the fingerprints of 0 rows"
    assert title("a_verb_of_tomorrow") == "A verb of tomorrow"


def test_what_was_shown_names_each_participant_with_the_classes_and_how_many_saw_it() -> None:
    told = {"p1": ["identity", "progress"], "p2": []}
    (row,) = view(Written("projected", payload={"told": told, "people": ["hart", "okafor"]})).rows
    assert row.title == "Showed the room Angela Brooks (name, progress); Carl Meyer"
    assert "for 2 people" in row.detail
    (row,) = view(Written("printed", payload={"told": {}, "people": [], "public": True, "purpose": "minutes"})).rows
    assert row.title == "Printed minutes with nothing about a participant"
    assert "for the public" in row.detail
    assert "for 1 person" in view(Written("exported", payload={"people": ["hart"]})).rows[0].detail


def test_what_was_told_by_hand_says_why_and_for_whom_it_was_not_permitted() -> None:
    payload = {
        "told": {"p1": ["care", "identity"]},
        "people": ["hart", "okafor"],
        "purpose": "phone call",
        "not_permitted": {"p1 care": ["hart"], "p1 identity": ["hart"]},
    }
    (row,) = view(Written("spoken", {}, payload)).rows
    assert row.title == "Told by word of mouth Angela Brooks (care, name)"
    assert "for 2 people  ·  phone call  ·  caution: not permitted for Mia Hart" in row.detail
    permitted = {**payload, "not_permitted": {}}
    assert "caution" not in view(Written("other", {}, permitted)).rows[0].detail
    of_before = {name: value for name, value in payload.items() if name != "not_permitted"}
    assert view(Written("spoken", {}, of_before)).rows[0].detail.count("phone call  ·  entry") == 1
    excluded = brooks(exclusions=(Exclusion(person="okafor", starts=date(2026, 1, 1)),))
    mine = shown_to(facts=desk(excluded, meyer()), signed_in="okafor")
    assert "caution" not in view(Written("spoken", {}, payload), mine=mine).rows[0].detail


def test_classes_are_told_of_a_participant_whom_the_user_may_have() -> None:
    entry = Written("release_saved", {"participant": "p1"}, {"classes": ["care", "operations"]})
    (row,) = view(entry).rows
    assert row.title == "Saved a release of Angela Brooks"
    assert "  ·  care, operations  ·  " in row.detail
    assert "care" not in view(Written("release_saved", {}, {"classes": ["care"]})).rows[0].detail


def test_a_participant_whom_the_user_may_not_know_is_a_code_without_any_detail() -> None:
    excluded = brooks(exclusions=(Exclusion(person="okafor", starts=date(2026, 1, 1)),))
    mine = shown_to(facts=desk(excluded, meyer()), signed_in="okafor")
    saved, shown = view(
        Written("release_saved", {"participant": "p1"}, {"classes": ["care"]}),
        Written("projected", {}, {"told": {"p1": ["care"]}}),
        mine=mine,
    ).rows
    assert saved.title == "Saved a release of P-7K3F"
    assert "care" not in saved.detail
    assert shown.title == "Showed the room P-7K3F"


def test_who_is_on_the_desk_no_more_is_somebody_and_the_paper_key_is_itself() -> None:
    assert title("checked_in", {"attendee": "gone"}) == "Checked in somebody"
    assert title("participant_saved", {"participant": "p99"}) == "Saved somebody"
    assert "the paper key" in view(Written("passphrase_set", {"attendee": "hart"}, actor="paper_key")).rows[0].detail
    nameless = {"hart": Record(kind=Kind.ATTENDEE, id="hart")}
    assert LedgerWords(shown_to(signed_in="okafor"), nameless, ZONE).name("hart") == "somebody"


@pytest.mark.parametrize("user", ["bell", "nobody"])
def test_who_may_not_have_administrative_records_reads_nothing(user: str) -> None:
    mine = shown_to(signed_in=user)
    assert not words(mine).readable
    told = view(Written("signed_in"), mine=mine)
    assert (told.rows, told.before) == ((), None)
    assert told.heading.startswith("You may read the ledger once")


def test_the_heading_says_how_many_and_by_what_they_were_chosen() -> None:
    assert view().heading == "No entries"
    assert view(Written("signed_in")).heading == "1 entry"
    wish = LedgerWish(kind=LedgerKind.SHOWN, person="hart", since=date(2026, 5, 1), until=date(2026, 5, 31))
    assert words().view(wish, (), count=1200, limit=9).heading == (
        "1,200 entries  ·  Shown, printed and exported  ·  Mia Hart  ·  since 1 May 2026  ·  until 31 May 2026"
    )


def test_there_are_more_where_as_many_came_as_were_asked_for() -> None:
    entries = [Written("signed_in", sequence=number) for number in (9, 8)]
    assert view(*entries, limit=2).before == 8
    assert view(*entries, limit=3).before is None


def test_days_are_the_sites() -> None:
    assert since_instant(date(2026, 5, 6), ZONE) == datetime(2026, 5, 6, 7, tzinfo=UTC)
    assert until_instant(date(2026, 5, 6), ZONE) == datetime(2026, 5, 7, 7, tzinfo=UTC)


def test_every_kind_has_its_actions_and_everything_else_has_what_is_left() -> None:
    named = [actions_of(kind) for kind in LedgerKind if kind is not LedgerKind.OTHER]
    assert sorted(known_actions()) == sorted(action for actions in named for action in actions or ())
    assert actions_of(LedgerKind.OTHER) is None
    assert kind_of("release_revoked") is LedgerKind.RIGHTS
    assert kind_of("a_verb_of_tomorrow") is LedgerKind.OTHER
    assert sentence_of("left") == "{attendee} left"


def test_a_sound_desk_gives_its_anchor_and_a_wrong_one_what_where_since_and_what_to_do() -> None:
    assert verified([], None, ZONE).summary == "Nothing is wrong."
    sound = verified([], "12:ab", ZONE)
    assert (sound.sound, sound.summary) == (True, "Nothing is wrong. Keep this elsewhere as an anchor: 12:ab")
    wrong = verified([Wrong(since=AT)], None, ZONE)
    assert (wrong.sound, wrong.summary) == (False, "1 thing is wrong.")
    assert wrong.findings == ("Entry 3 is missing. (ledger, entry 3; after Wed 6 May 2026, 10:03) Restore a backup.",)
    two = verified([Wrong(), Wrong(since=AT + timedelta(days=1))], None, ZONE)
    assert two.summary == "2 things are wrong."
    assert "not known since when" in two.findings[0]
