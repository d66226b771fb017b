"""What was taken back is said in words that the signed-in user may read."""

from leaddesk.policy.undo_words import undo_words
from leaddesk.policy.vocabulary import InformationClass
from tests.policy.meeting import action, agenda_item, entry, material, place, shown_to, text

C = InformationClass

ITEM = agenda_item("i1", "participant", participant="p1")
KNOWN = material(
    agenda=(ITEM,),
    places=(place("l1", 1, "Market St"),),
    entries=(entry("e1", "i1", text(C.PROGRESS, "{p1} met", "p1")),),
    actions=(action("act1", "fix the lamp"),),
)


def test_what_has_words_of_its_own_is_quoted_as_the_user_may_have_it() -> None:
    mine = shown_to()
    assert undo_words(KNOWN, mine, "the update", "e1") == "Taken back: the update “Angela Brooks met”."
    assert undo_words(KNOWN, mine, "the action", "act1") == "Taken back: the action “fix the lamp”."
    assert undo_words(KNOWN, mine, "the note on", "i1") == "Taken back: the note on “Angela Brooks”."
    assert undo_words(KNOWN, mine, "the check-in of", "bell") == "Taken back: the check-in of “Tom Bell”."
    assert undo_words(KNOWN, mine, "the change of rank of", "l1") == "Taken back: the change of rank of “Market St”."


def test_of_long_words_the_beginning_is_quoted() -> None:
    long = material(entries=(entry("e1", "i1", text(C.OPERATIONS, "Keys to the annex, " + "x" * 3000)),))
    told = undo_words(long, shown_to(), "the update", "e1")
    assert told.startswith("Taken back: the update “Keys to the annex, xxx")
    assert told.endswith("x…”.")
    assert len(told) < 120


def test_what_the_user_may_not_have_is_not_said() -> None:
    other = shown_to(signed_in="bell")
    stranger = shown_to(signed_in="novak")
    assert "Angela" in undo_words(KNOWN, other, "the update", "e1")
    assert undo_words(KNOWN, stranger, "the update", "e1") == "Taken back: the update."
    assert undo_words(KNOWN, stranger, "the note on", "i1") == "Taken back: the note on."


def test_what_has_no_words_of_its_own_is_said_plainly() -> None:
    assert undo_words(KNOWN, shown_to(), "the check-in", None) == "Taken back: the check-in."
    assert undo_words(KNOWN, shown_to(), "the action", "act9") == "Taken back: the action."


def test_a_material_without_what_was_taken_back_keeps_all_else() -> None:
    left = KNOWN.without({"e1"})
    assert left.entries == ()
    assert left.actions == KNOWN.actions
    assert KNOWN.without({"act1"}).actions == ()
    assert KNOWN.without(()) == KNOWN
