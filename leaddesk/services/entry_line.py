"""The entry line: what filing it would do, said while it is typed, and filing it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leaddesk.errors import KnownError
from leaddesk.models.words import EntryKind as StoredKind
from leaddesk.policy.action_line import ActionLine, read_action
from leaddesk.policy.console import item_title
from leaddesk.policy.desk_views import EntryKind, EntryPreview, FoundName
from leaddesk.policy.records import Record, Text, Wording
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.writing import Prepared, prepare
from leaddesk.services import entries, places
from leaddesk.services.desk import Unit
from leaddesk.services.texts import Words, Writer
from leaddesk.services.undo import Did

if TYPE_CHECKING:
    from leaddesk.services.live import LiveMeeting

C = InformationClass

_ABOUT_SOMEBODY = (C.PROGRESS, C.COORDINATION, C.CARE, C.HEALTH, C.IDENTITY, C.OPERATIONS)
_ABOUT_A_PLACE = (C.COMMUNITY, C.OPERATIONS)
_BUSINESS = (C.OPERATIONS, C.COMMUNITY)
_DID = {
    EntryKind.UPDATE: "the update",
    EntryKind.DECISION: "the decision",
    EntryKind.ACTION: "the action",
    EntryKind.PRIORITY: "the change of rank of",
}
_RANK = re.compile(r"#?(\d{1,3})[\s,:;.-]*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The entry line as typed.

    Attributes:
        cls: the class chosen, ``None`` for the one that is proposed.
        safe: a safe wording, of class ``operations``.
        marked: phrases marked as a place, a thing or a public figure.
    """

    kind: EntryKind
    text: str
    safe: str = ""
    cls: InformationClass | None = None
    marked: frozenset[str] = frozenset()


def preview(live: "LiveMeeting", line: Line) -> EntryPreview:
    """What filing the line under the selected item would do, and what this room would read of it."""
    mine, item = live.mine(), live.material.items.get(live.selected or "")
    classes, about = _classes(item), _about(item)
    cls = line.cls or classes[0]
    action = _action(live, line)
    full = _prepared(live, Words(action.text, cls, line.marked), about)
    safe = _prepared(live, Words(line.safe, C.OPERATIONS), full.about)
    owner = live.watch.facts.people.get(action.owner or "")
    return EntryPreview(
        about="" if item is None else item_title(live.material, mine, item),
        cls=full.cls.value,
        classes=tuple(one.value for one in classes),
        names=tuple(
            FoundName(written=m.written, start=m.written_start, end=m.written_end, participant=m.participant)
            for m in full.named
        )
        + tuple(FoundName(written=p.written, start=p.start, end=p.end, participant=None) for p in full.refused),
        room_reads=_room_reads(live, full, safe),
        owner="" if owner is None else owner.name,
        due=action.due,
        problem=_problem(line, item, full),
    )


def file(live: "LiveMeeting", line: Line) -> str:
    """Files the line under the selected item; on disk when it returns. What is live does not move.

    Returns the id of what was filed, empty for a change of rank.

    Raises:
        KnownError: there is nothing to file, or it can't be filed as it stands.
    """
    item = live.material.items.get(live.selected or "")
    if line.kind is EntryKind.PRIORITY:
        place = None if item is None else item.links.get("priority")
        return live.do_undoably(Did(_DID[line.kind], place), _file_rank, item, line)
    return live.do_undoably(Did(_DID[line.kind]), _file, live, item, line)


def _file(unit: Unit, live: "LiveMeeting", item: Record | None, line: Line) -> str:
    action = _action(live, line)
    filing = entries.Filing(
        meeting=live.number,
        item=None if item is None else item.id,
        words=Words(action.text, line.cls or _classes(item)[0], line.marked),
        safe=(Words(line.safe, C.OPERATIONS),) if line.safe.strip() else (),
        about=_about(item),
        owner=action.owner,
        due=action.due,
        kind=StoredKind.DECISION if line.kind is EntryKind.DECISION else StoredKind.UPDATE,
    )
    writer = Writer(unit, live.desk.everyday, live.watch.guard)
    filed = entries.file_action if line.kind is EntryKind.ACTION else entries.file_entry
    id_ = filed(unit, filing, writer)
    entries.keep_draft(unit, live.number, line.kind.value, "")
    return id_


def _file_rank(unit: Unit, item: Record | None, line: Line) -> str:
    place = None if item is None else item.links.get("priority")
    match = _RANK.match(line.text.strip())
    if place is None or match is None:
        raise KnownError(
            "A change of rank is typed on a place, as the new rank and the reason.",
            kept="The ranks are as they were.",
            todo="Type for example: 2 shops and riders agree.",
        )
    places.rank(unit, place, int(match[1]), match[2])
    return ""


def _action(live: "LiveMeeting", line: Line) -> ActionLine:
    if line.kind is not EntryKind.ACTION:
        return ActionLine(line.text, None, None)
    return read_action(line.text, live.watch.facts.people.values(), live.material.today)


def _about(item: Record | None) -> tuple[str, ...]:
    participant = None if item is None else item.links.get("participant")
    return () if participant is None else (participant,)


def _classes(item: Record | None) -> tuple[InformationClass, ...]:
    if _about(item):
        return _ABOUT_SOMEBODY
    return _ABOUT_A_PLACE if item is not None and item.links.get("priority") else _BUSINESS


def _prepared(live: "LiveMeeting", words: Words, about: tuple[str, ...]) -> Prepared:
    return prepare(words.text, words.cls, about, live.watch.guard, may_link=live.mine().may_name, marked=words.marked)


def _room_reads(live: "LiveMeeting", full: Prepared, safe: Prepared) -> str:
    """The wording that this room would get of what is filed."""
    source = None
    if len(full.about) == 1:
        one = live.watch.facts.participants.get(full.about[0])
        source = None if one is None else one.case_agency
    text = Text(
        cls=full.cls,
        text=full.text,
        about=full.about,
        source=source,
        safe=(Wording(cls=safe.cls, text=safe.text, cleared=safe.cleared),) if safe.text else (),
        cleared=full.cleared,
    )
    return live.watch.disclosure(live.selected).wording(text) or ""


def _problem(line: Line, item: Record | None, full: Prepared) -> str:
    if line.kind is EntryKind.PRIORITY:
        on_place = item is not None and item.links.get("priority") is not None
        match = _RANK.match(line.text.strip())
        return "" if on_place and match and match[2] else "Type the new rank and the reason, on a place."
    if full.refused:
        listed = ", ".join(f"“{phrase.written}”" for phrase in full.refused)
        return f"{listed} may be a name: reword it, or mark it as a place, a thing or a public figure."
    return ""
