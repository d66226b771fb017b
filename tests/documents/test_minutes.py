from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from leaddesk.documents.minutes import minutes
from leaddesk.documents.page import A4, LETTER, Paper
from leaddesk.policy.views import AmendmentRow, CopyKind
from tests.documents.sample_views import (
    SHORT_NOTICE,
    action,
    attendee,
    item,
    minutes_view,
    opened,
    pages,
    roles,
    text,
)


def in_order(found: str, *parts: str) -> bool:
    at = -1
    for part in parts:
        at = found.find(part, at + 1)
        if at < 0:
            raise AssertionError(f"{part!r} is missing or out of order")
    return True


def test_minutes_tell_the_meeting_in_the_order_in_which_it_went() -> None:
    assert in_order(
        text(minutes(minutes_view())),
        "Harbor County LEAD",
        "Operational Work Group meeting",
        "Final, version 2",
        "Wednesday 6 May 2026 (2026-05-06), 10:02 to 11:24",
        "Library, Room 2",
        "Alma Reyes",
        "The confidentiality statement was read.",
        "Present",
        "Jordan Ellis",
        "Absent",
        "Sam Okafor, Probation",
        "1. Referrals",
        "Taken up.",
        "Intake was held.",
        "Decided: Referrals are sent within two days.",
        "Send the form",
        "Wednesday 20 May 2026 (2026-05-20)",
        "Location priorities",
        "Library steps",
        "up from 4",
        "Carried actions",
        "Find an interpreter",
        "Overdue, carried 2 times",
        "Next meeting",
    )


def test_every_page_of_a_recipients_copy_names_its_reader_and_bears_the_notice_and_the_anchor() -> None:
    view = minutes_view(
        kind=CopyKind.RECIPIENT,
        recipient="Jordan Ellis, County Prosecutor",
        copy_number=3,
        part2_notice=SHORT_NOTICE,
        redisclosure="This record is protected.\n(i) Unless permitted.",
        items=tuple(item(number, "Referrals") for number in range(1, 30)),
    )
    found = pages(minutes(view))
    assert len(found) > 2
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert "Copy 3 · Jordan Ellis, County Prosecutor" in page
        assert SHORT_NOTICE in page
        assert "1287:9f2c4a7be1d05586" in page
    assert in_order(found[-1], "This record is protected.", "(i) Unless permitted.")


def test_a_copy_without_protected_records_bears_no_notice() -> None:
    assert "42 CFR" not in text(minutes(minutes_view()))


@pytest.mark.parametrize(("count", "said"), [(0, "No facts are"), (1, "1 fact is"), (3, "3 facts are")])
def test_a_record_copy_says_how_much_it_leaves_out(count: int, said: str) -> None:
    assert f"{said} left out" in text(minutes(minutes_view(kind=CopyKind.RECORD, left_out=count)))


@pytest.mark.parametrize("kind", [CopyKind.PUBLIC, CopyKind.ROOM, CopyKind.RECIPIENT])
def test_no_other_copy_speaks_of_what_is_left_out(kind: CopyKind) -> None:
    assert "left out" not in text(minutes(minutes_view(kind=kind))).lower()


def test_what_the_view_does_not_hold_leaves_no_heading_behind() -> None:
    found = text(minutes(minutes_view(present=(), items=())))
    assert "Present" not in found
    assert "What was done" not in found


@pytest.mark.parametrize("paper", [LETTER, A4])
def test_sixty_attendees_and_two_hundred_items_lay_out_and_none_is_lost(paper: Paper) -> None:
    view = minutes_view(
        present=tuple(attendee(f"Neighbor No{number}.") for number in range(60)),
        items=tuple(item(number, f"Topic No{number}.", what=f"Task No{number}.") for number in range(200)),
    )
    pdf = minutes(view, paper=paper)
    found = text(pdf)
    assert all(f"Neighbor No{number}." in found for number in range(60))
    assert all(f"Topic No{number}." in found and f"Task No{number}." in found for number in range(200))
    with opened(pdf) as document:
        assert all(float(page.mediabox[2]) == pytest.approx(paper.width, abs=0.01) for page in document.pages)


def test_the_head_of_a_long_table_is_repeated_on_its_next_page() -> None:
    found = pages(minutes(minutes_view(present=tuple(attendee("Jordan Ellis") for _ in range(60)))))
    assert found[1].startswith("Name Agency Role In Out Note")


def test_a_text_longer_than_a_page_goes_on_over_the_next_ones() -> None:
    long = " ".join(f"word{number}." for number in range(2500))
    view = minutes_view(items=(item(1, "Referrals", updates=(long,), what=long),))
    found = text(minutes(view))
    assert found.count("word0.") == found.count("word2499.") == 2


def test_an_action_without_a_state_needs_no_column_for_it() -> None:
    view = minutes_view(items=(item(1, "Referrals", what="Send the form"),))
    assert "Action Owner Due Send the form" in text(minutes(view))


def test_approved_minutes_say_when_and_whether_as_amended() -> None:
    approved = replace(minutes_view(), approved=date(2026, 5, 20))
    assert "Final, version 2 · Approved · Room copy" in text(minutes(approved))
    assert "Approved Wednesday 20 May 2026 (2026-05-20) " in text(minutes(approved))
    assert "(2026-05-20), as amended" in text(minutes(replace(approved, as_amended=True)))
    assert "Approved" not in text(minutes(minutes_view()))


def test_amendments_stand_behind_the_minutes_with_their_day() -> None:
    rows = (
        AmendmentRow(when=date(2026, 5, 20), text="The shelter has six beds.", after_approval=False),
        AmendmentRow(when=date(2026, 6, 3), text="Not six but five.", after_approval=True),
        AmendmentRow(when=None, text="Undated.", after_approval=False),
    )
    assert in_order(
        text(minutes(replace(minutes_view(), amendments=rows))),
        "Carried actions",
        "Amendments",
        "Wednesday 20 May 2026 (2026-05-20)",
        "The shelter has six beds.",
        "Wednesday 3 June 2026 (2026-06-03)",
        "Not six but five. (made after the approval)",
        "Undated.",
        "Next meeting",
    )
    assert "Amendments" not in text(minutes(minutes_view()))


def test_items_stand_under_the_headings_of_their_sections_and_levels_are_not_skipped() -> None:
    items = (
        item(1, "Welcome"),
        item(2, "Angela Brooks", section="Participants"),
        item(3, "Carl Meyer", section="Participants"),
        item(4, "Any other business"),
    )
    pdf = minutes(minutes_view(items=items))
    assert text(pdf).count("Participants") == 1
    assert in_order(text(pdf), "1. Welcome", "Participants", "2. Angela Brooks", "3. Carl Meyer", "4. Any other")
    with opened(pdf) as document:
        levels = [int(role[1]) for role in roles(document) if role[0] == "H" and role[1:].isdigit()]
    assert levels[:7] == [1, 2, 2, 2, 3, 3, 4]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_an_action_carried_once_says_so() -> None:
    row = action("Find an interpreter", carried=1)
    view = replace(minutes_view(), carried=(row,))
    assert "Carried once" in text(minutes(view))


def test_minutes_say_the_day_on_which_a_meeting_was_closed_or_opened_where_it_is_another() -> None:
    view = minutes_view()
    assert view.opened is not None
    assert view.closed is not None
    later = replace(view, closed=view.closed + timedelta(days=1))
    assert in_order(text(minutes(later)), "(2026-05-06), 10:02 to Thursday 7 May 2026 (2026-05-07), 11:24")
    before = replace(view, when=date(2026, 5, 5))
    assert in_order(text(minutes(before)), "(2026-05-05), Wednesday 6 May 2026 (2026-05-06), 10:02 to 11:24")
