"""Who may unlock the desk: everybody named by the signed-in user's right alone, candidates for the chair alone."""

from datetime import date

from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.paper_key import paper_key_sheet
from leaddesk.policy.records import Fact, Kind, Record
from leaddesk.policy.users import DeskUser, UsersView, users_view
from leaddesk.policy.vocabulary import InformationClass as C
from tests.policy.meeting import public, shown_to


def person(id_: str, given: str, *, active: bool = True) -> Record:
    fields = {"given_name": given, "family_name": "Bell", "neighborhood": "Old Town", "active": active}
    facts = {name: Fact(cls=C.COMMUNITY, value=value) for name, value in fields.items()}
    return Record(kind=Kind.ATTENDEE, id=id_, fields=facts)


PEOPLE = {
    one.id: one
    for one in (person("x1", "Tess"), person("x2", "Ned"), person("x3", "Ada", active=False), person("x4", "Lou"))
}
USERS = (DeskUser(attendee="x2", app_role="scribe", slot=4), DeskUser(attendee="x1", app_role="chair", slot=1))


def told(mine: Disclosure, me: str) -> UsersView:
    return users_view(USERS, PEOPLE, mine, me=me, has_paper_key=True)


def test_users_are_listed_by_slot_and_the_chair_may_choose_among_the_others() -> None:
    view = told(shown_to(signed_in="okafor"), "x1")
    assert [(row.name, row.slot, row.me) for row in view.rows] == [("Tess Bell", 1, True), ("Ned Bell", 4, False)]
    assert [one.title for one in view.candidates] == ["Lou Bell"]
    assert (view.manages, view.has_paper_key) == (True, True)
    first, second = (row.found for row in view.rows)
    assert (first.title, first.detail) == ("Tess Bell (you)", "Chair · Old Town · slot 1")
    assert (second.title, second.detail) == ("Ned Bell", "Scribe · Old Town · slot 4")


def test_a_scribe_reads_who_the_users_are_and_chooses_among_nobody() -> None:
    view = told(shown_to(signed_in="okafor"), "x2")
    assert [row.name for row in view.rows] == ["Tess Bell", "Ned Bell"]
    assert (view.manages, view.candidates) == (False, ())


def test_whoever_may_have_no_names_reads_roles_and_slots() -> None:
    view = told(public(), "x1")
    assert [row.found.title for row in view.rows] == ["Somebody (you)", "Somebody"]
    assert [row.found.detail for row in view.rows] == ["Chair · slot 1", "Scribe · slot 4"]
    assert view.candidates == ()


def test_a_sheet_has_the_key_in_groups_and_the_first_groups_of_the_desks_number() -> None:
    sheet = paper_key_sheet("8M4T0ZQWERTYH1J2K3N5P6R7S9XA", "3f2a91bc" + "0" * 24, date(2026, 5, 6))
    assert sheet.groups == ("8M4T", "0ZQW", "ERTY", "H1J2", "K3N5", "P6R7", "S9XA")
    assert sheet.desk == "3F2A 91BC"
