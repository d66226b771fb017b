"""What the entry line says while something is typed: what filing it would do, or what is missing yet."""

from collections.abc import Iterable, Mapping

from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.line_parts import AgendaLine, PlaceLine, RankLine
from leaddesk.policy.vocabulary import CLASS_WORDS
from leaddesk.policy.why import listed
from leaddesk.policy.writing import Prepared

Said = tuple[str, str]
"""What filing would do, and why it can't be filed; one of the two is empty."""


def of_outcome(read: Prepared) -> Said:
    """What a line that says what came of an item does."""
    named = " It names a participant." if read.raises else ""
    return f"Says what came of this item; {CLASS_WORDS[read.cls]}.{named}", ""


def of_rank(read: RankLine | None, names: Mapping[str, str]) -> Said:
    """What a line that changes a rank does; ``names`` are the places by id, as the user may have them."""
    if read is None:
        return "", "Type the new rank and the reason, on a place; elsewhere the place first."
    moves = f"{names.get(read.place, '')} becomes number {read.to}"
    return (f"{moves}: {read.why}", "") if read.why else ("", f"{moves}. Type the reason too.")


def of_place(read: PlaceLine | None) -> Said:
    """What a line that makes a priority does."""
    if read is None:
        return "", "Type the place, its neighborhood and what was told: Pike St, Lakeside: more people."
    where = f" in {read.neighborhood}" if read.neighborhood else ""
    told = f", with what was told of it: {read.told}" if read.told else ""
    return f"A new priority, {read.name}{where}, ranked last{told}.", ""


def of_agenda(read: AgendaLine | None, mine: Disclosure, names: Mapping[str, str]) -> Said:
    """What a line that puts something on the agenda does, its subject named as the user may have it."""
    if read is None:
        return "", "Type a name, a place or a topic."
    if read.alike:
        named = listed(sorted(mine.told_apart(one) for one in read.alike))
        return "", f"“{read.words}” may mean {named}. Type more of the name, or the case code."
    what = f"the topic “{read.words}”"
    if read.participant:
        what = mine.told_apart(read.participant)
    elif read.place:
        what = names[read.place]
    minutes = "" if read.minutes is None else f", {read.minutes} min"
    return f"Puts {what} on the agenda{minutes}.", ""


def of_refused(phrases: Iterable[str]) -> str:
    """Why a wording for everybody can't be filed as it stands; empty where no phrase is like a name."""
    listed = ", ".join(f"“{phrase}”" for phrase in phrases)
    return listed and f"{listed} may be a name: reword it, or mark it as a place, a thing or a public figure."
