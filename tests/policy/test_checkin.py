"""Check-in: how each person stands."""

from datetime import date, timedelta

import pytest

from leaddesk.policy.checkin import check_in_rows, to_sign, witnesses
from leaddesk.policy.dates import clock
from leaddesk.policy.desk_views import CheckInRow, Signature, Whereabouts
from leaddesk.policy.facts import Agreement
from leaddesk.policy.room import Presence
from leaddesk.policy.vocabulary import InformationClass
from tests.policy.meeting import (
    AT,
    ZONE,
    attendee,
    desk,
    here,
    material,
    person,
    stay,
    watch,
)

C = InformationClass
HOUR = timedelta(hours=1)


def row(id_: str, *present: Presence | str, **more: object) -> CheckInRow:
    (found,) = (one for one in check_in_rows(material(**more), watch("okafor", *present)) if one.id == id_)
    return found


def test_everybody_who_can_be_checked_in_stands_on_the_list_by_last_name() -> None:
    people = {"hart": attendee("hart"), "bell": attendee("bell"), "ruiz": attendee("ruiz", active=False)}
    rows = check_in_rows(material(attendees=people), watch("okafor"))
    assert [one.name for one in rows] == ["Tom Bell", "Ana Hart"]
    assert rows[0] == CheckInRow(
        id="bell",
        name="Tom Bell",
        agency="police",
        role="officer",
        roles=("officer",),
        signature=Signature.SIGNED,
        whereabouts=Whereabouts.ABSENT,
        came="",
        gone="",
    )


def test_the_list_works_for_a_user_who_has_not_signed() -> None:
    assert len(check_in_rows(material(), watch(signed_in="novak"))) == 6


def test_somebody_of_a_neighborhood_is_listed_with_it_and_somebody_of_neither_with_nothing() -> None:
    people = {
        "ruiz": attendee("ruiz", agency=None, neighborhood="Lakeside"),
        "bell": attendee("bell", agency=None, roles=None),
    }
    rows = {one.id: one for one in check_in_rows(material(attendees=people), watch("okafor"))}
    assert rows["ruiz"].agency == "Lakeside"
    assert (rows["bell"].agency, rows["bell"].role, rows["bell"].roles) == ("", "", ())


def test_a_paper_is_witnessed_by_somebody_else_in_the_room_and_nobody_else_is_named() -> None:
    rows = check_in_rows(material(), watch("okafor", "bell", "hart"))
    expected = {one.id for one in rows if one.whereabouts is Whereabouts.ROOM} - {"hart"}
    assert "bell" in expected
    assert {one.id for one in witnesses(rows, "hart")} == expected
    assert len(expected) < len(rows) - 1


def test_the_role_is_the_one_checked_in_with() -> None:
    two = {"hart": attendee("hart", roles=("provider", "community"))}
    assert row("hart", attendees=two).role == "provider"
    assert row("hart", here("hart", role="community"), attendees=two).role == "community"


@pytest.mark.parametrize(
    ("present", "mode", "where"),
    [
        (None, None, Whereabouts.ABSENT),
        (None, "room", Whereabouts.LEFT),
        (here("bell"), None, Whereabouts.ROOM),
        (here("bell"), "room", Whereabouts.ROOM),
        (here("bell"), "phone", Whereabouts.PHONE),
        (here("bell"), "video", Whereabouts.VIDEO),
        (here("bell", stepped_out=frozenset({"i1"})), "room", Whereabouts.STEPPED_OUT),
        (here("bell", out_of_view=True, stepped_out=frozenset({"i1"})), "room", Whereabouts.OUT_OF_VIEW),
    ],
)
def test_where_somebody_is_goes_by_the_room_and_by_their_stay(
    present: Presence | None, mode: str | None, where: Whereabouts
) -> None:
    stays = () if mode is None else (stay("bell", mode=mode, left_at=AT + HOUR),)
    found = row("bell", *([] if present is None else [present]), attendance=stays)
    assert found.whereabouts is where
    assert found.came == (clock(AT, ZONE) if stays else "")
    assert found.gone == (clock(AT + HOUR, ZONE) if stays and present is None else "")


def test_who_is_expected_and_not_here_yet_is_told_from_who_is_not_expected() -> None:
    rows = check_in_rows(material(), watch("okafor", "bell"), frozenset({"bell", "hart"}))
    found = {one.id: one.whereabouts for one in rows}
    assert (found["bell"], found["hart"], found["ruiz"]) == (
        Whereabouts.ROOM,
        Whereabouts.EXPECTED,
        Whereabouts.ABSENT,
    )


def test_who_is_in_the_room_without_an_agreement_is_to_sign_first_come_first() -> None:
    stays = (stay("novak", arrived_at=AT + HOUR), stay("bell"), stay("ruiz"))
    bell = person("bell", agreements=(Agreement(template="v0", signed=AT - HOUR),))
    ruiz = person("ruiz", agreements=(), withdrew_or_declined=(AT - HOUR,))
    room = watch("okafor", "novak", "bell", "ruiz", facts=desk(people={"bell": bell, "ruiz": ruiz}))
    assert [one.id for one in to_sign(check_in_rows(material(attendance=stays), room))] == ["bell", "novak"]


@pytest.mark.parametrize(
    ("signed", "gone", "signature"),
    [
        (-HOUR, None, Signature.SIGNED),
        (None, None, Signature.MUST_SIGN),
        (None, -HOUR, Signature.DECLINED),
        (-2 * HOUR, -HOUR, Signature.DECLINED),
        (-HOUR, -2 * HOUR, Signature.SIGNED),
        (None, HOUR, Signature.MUST_SIGN),
    ],
)
def test_how_it_stands_with_an_agreement(
    signed: timedelta | None, gone: timedelta | None, signature: Signature
) -> None:
    bell = person(
        "bell",
        agreements=() if signed is None else (Agreement(template="v1", signed=AT + signed),),
        withdrew_or_declined=() if gone is None else (AT + gone,),
    )
    (found,) = check_in_rows(
        material(attendees={"bell": attendee("bell")}), watch("okafor", facts=desk(people={"bell": bell}))
    )
    assert found.signature is signature


@pytest.mark.parametrize(
    "agreement",
    [
        Agreement(template="v1", signed=AT - 9 * HOUR, ends=date(2026, 5, 5)),
        Agreement(template="v0", signed=AT - 9 * HOUR),
    ],
)
def test_an_agreement_that_has_ended_or_is_superseded_has_expired(agreement: Agreement) -> None:
    # Having declined before signing it changes nothing.
    bell = person("bell", agreements=(agreement,), withdrew_or_declined=(AT - 10 * HOUR,))
    (found,) = check_in_rows(
        material(attendees={"bell": attendee("bell")}), watch("okafor", facts=desk(people={"bell": bell}))
    )
    assert found.signature is Signature.EXPIRED
