"""The entry line: what filing it would do, said while it is typed, and filing it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from leaddesk.errors import KnownError
from leaddesk.models.words import EntryKind as StoredKind
from leaddesk.policy import line_parts, line_words
from leaddesk.policy.action_line import ActionLine, read_action
from leaddesk.policy.console import has_all_of
from leaddesk.policy.decision import Asked
from leaddesk.policy.desk_views import EntryKind, EntryPreview, FoundName, Suggestion, Whom
from leaddesk.policy.names import letters
from leaddesk.policy.records import Record, Text, Wording
from leaddesk.policy.titles import item_title
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.writing import Prepared, prepare
from leaddesk.services import agenda, entries, meetings, places
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
    EntryKind.PLACE: "the new priority",
    EntryKind.AGENDA: "the new item",
    EntryKind.OUTCOME: "what came of",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The entry line as typed.

    Attributes:
        cls: the class chosen, ``None`` for the one that is proposed.
        safe: a safe wording, of class ``operations``.
        everybody: a safe wording of class ``community``.
        about: a participant it is about besides the item's own, empty for nobody else.
        reason: why it keeps its class though it names a participant.
        marked: phrases marked as a place, a thing or a public figure.
        mends: the id of what was filed before and is to be filed anew.
        closes: an action that is closed as not possible, the words being why.
    """

    kind: EntryKind
    text: str
    safe: str = ""
    everybody: str = ""
    cls: InformationClass | None = None
    about: str = ""
    reason: str = ""
    marked: frozenset[str] = frozenset()
    mends: str = ""
    closes: str = ""

    @property
    def files_words(self) -> bool:
        """Whether it becomes an entry or an action."""
        return self.kind in (EntryKind.UPDATE, EntryKind.DECISION, EntryKind.ACTION)


def preview(live: "LiveMeeting", line: Line) -> EntryPreview:
    """What filing the line under the selected item would do, and what this room would read of it."""
    if not line.files_words:
        return _preview_of_no_words(live, line)
    item = _item(live)
    classes, about = classes_for(live, line), _about(live, line)
    cls = line.cls or classes[0]
    action = _action(live, line)
    full = _prepared(live, Words(action.text, cls, line.marked, line.reason), about)
    safe = [_prepared(live, one, full.about) for one in _safe(line)]
    owner = live.watch.facts.people.get(action.owner or "")
    refused = (*full.refused, *(phrase for one in safe for phrase in one.refused))
    return EntryPreview(
        about=_title(live, item),
        cls=full.cls.value,
        classes=tuple(one.value for one in classes),
        names=tuple(
            FoundName(written=m.written, start=m.written_start, end=m.written_end, participant=m.participant)
            for m in full.named
            if not any(
                m.start >= o.start and m.end <= o.end and (m.start, m.end) != (o.start, o.end) for o in full.named
            )
        )
        + tuple(FoundName(written=p.written, start=p.start, end=p.end, participant=None) for p in full.refused),
        room_reads=_room_reads(live, full, safe),
        owner="" if owner is None else owner.name,
        due=action.due,
        problem=line_words.of_refused(phrase.written for phrase in refused),
        raised=full.raises and full.cls is C.IDENTITY,
        asks_reason=full.raises and live.desk.user.is_chair,
    )


def file(live: "LiveMeeting", line: Line) -> str:
    """Files the line under the selected item; on disk when it returns. What is live does not move.

    What is filed anew leaves the projector in its old words first. Returns the id of what was filed, empty where
    nothing was that has one.

    Raises:
        KnownError: there is nothing to file, or it can't be filed as it stands.
    """
    did, verb = _verb(live, line)
    # What is refused for its words is refused before anything leaves the projector for it.
    leaves = {line.mends} if line.mends and not preview(live, line).problem else set()
    with live.taking_off(frozenset(leaves)):
        return live.do_undoably(did, _with_line_emptied, live.number, line.kind, verb)


def suggestions(live: "LiveMeeting", typed: str) -> tuple[Suggestion, ...]:
    """Names that may be meant by the word that is being typed."""
    return line_parts.suggestions(typed, live.watch.facts, live.mine())


def whom(live: "LiveMeeting") -> tuple[Whom, ...]:
    """Whom an entry under the selected item may be about."""
    return line_parts.whom(live.material, live.mine(), _item(live))


def mending(live: "LiveMeeting", filed: str) -> Line | None:
    """The line with which something filed can be filed anew; ``None`` where the user may not have all its words."""
    record = next((one for one in (*live.material.entries, *live.material.actions) if one.id == filed), None)
    text = None if record is None else record.fields.get("text")
    mine = live.mine()
    if record is None or not isinstance(text, Text) or text.cls is None or not has_all_of(mine, record, text):
        return None
    words, kind = mine.wording(text) or "", EntryKind.ACTION
    if not entries.is_action(filed):
        stored = record.fields["kind"]
        kind = EntryKind.DECISION if isinstance(stored, Text) and stored.text == "decision" else EntryKind.UPDATE
    else:
        owner = live.watch.facts.people.get(record.links.get("owner") or "")
        due = mine.see(record).value("due")
        told = (words, "" if owner is None else owner.name, due.isoformat() if isinstance(due, date) else "")
        words = " ".join(part for part in told if part)
    safe = {one.cls: mine.wording(replace(text, cls=one.cls, text=one.text, safe=())) or "" for one in text.safe}
    item = _item(live)
    own = None if item is None else item.links.get("participant")
    return Line(
        kind=kind,
        text=words,
        safe=safe.get(C.OPERATIONS, ""),
        everybody=safe.get(C.COMMUNITY, ""),
        cls=text.cls,
        about=next((one for one in text.about if one != own), ""),
        mends=filed,
    )


def classes_for(live: "LiveMeeting", line: Line) -> tuple[InformationClass, ...]:
    """The classes that the user may choose, the proposed one first."""
    item = _item(live)
    if _about(live, line):
        return _ABOUT_SOMEBODY
    return _ABOUT_A_PLACE if item is not None and item.links.get("priority") else _BUSINESS


_Verb = Callable[[Unit], str]


def _with_line_emptied(unit: Unit, meeting: int, kind: EntryKind, verb: _Verb) -> str:
    filed = verb(unit)
    entries.keep_draft(unit, meeting, entries.Unfinished(kind=kind.value))
    return filed


def _verb(live: "LiveMeeting", line: Line) -> tuple[Did, _Verb]:
    """What was done, in words, and what does it."""
    did = Did(_DID[line.kind])
    match line.kind:
        case EntryKind.PRIORITY:
            ranked = _rank(live, line)
            return did._replace(about=ranked.place), lambda unit: _rank_place(unit, ranked)
        case EntryKind.PLACE:
            return did, lambda unit: _add_place(unit, live, line)
        case EntryKind.AGENDA:
            return did, lambda unit: _put_on_agenda(unit, live, line)
        case EntryKind.OUTCOME:
            return did._replace(about=live.selected), lambda unit: _say_outcome(unit, live, line)
    filing = _filing(live, line)
    if line.closes:
        return Did("the outcome of", line.closes), lambda unit: entries.close_with_words(
            unit, line.closes, "not_possible", filing, _writer(unit, live)
        )
    if line.mends:
        return Did("the mending of", line.mends), lambda unit: entries.mend(
            unit, line.mends, filing, _writer(unit, live)
        )
    filed = entries.file_action if line.kind is EntryKind.ACTION else entries.file_entry
    return did, lambda unit: filed(unit, filing, _writer(unit, live))


def _rank_place(unit: Unit, ranked: line_parts.RankLine) -> str:
    places.rank(unit, ranked.place, ranked.to, ranked.why)
    return ""


def _add_place(unit: Unit, live: "LiveMeeting", line: Line) -> str:
    read = line_parts.read_place(line.text) or line_parts.PlaceLine("", "", "")
    told = Words(read.told, C.COMMUNITY, line.marked)
    return places.add_priority(unit, read.name, read.neighborhood, told, live.desk.everyday)


def _say_outcome(unit: Unit, live: "LiveMeeting", line: Line) -> str:
    if live.selected is None:
        raise KnownError("The agenda has no item yet.", kept="Nothing was changed.")
    meetings.set_item_outcome(unit, live.selected, Words(line.text, C.OPERATIONS), _writer(unit, live))
    return ""


def _writer(unit: Unit, live: "LiveMeeting") -> Writer:
    return Writer(unit, live.desk.everyday, live.watch.guard)


def _filing(live: "LiveMeeting", line: Line) -> entries.Filing:
    action, item = _action(live, line), _item(live)
    cls = line.cls or classes_for(live, line)[0]
    return entries.Filing(
        meeting=live.number,
        item=None if item is None else item.id,
        words=Words(action.text, cls, line.marked, line.reason),
        safe=_safe(line),
        about=_about(live, line),
        owner=action.owner,
        due=action.due,
        kind=StoredKind.DECISION if line.kind is EntryKind.DECISION else StoredKind.UPDATE,
    )


def _put_on_agenda(unit: Unit, live: "LiveMeeting", line: Line) -> str:
    read = _agenda(live, line)
    if read is None:
        raise KnownError("There is nothing to put on the agenda yet.", kept="The agenda is as it was.")
    if read.alike:
        raise KnownError(
            "Several participants are called that.",
            kept="The agenda is as it was.",
            todo="Type more of the name, or the case code.",
        )
    title = "" if read.participant or read.place else read.words
    id_ = agenda.add_item(
        unit, live.number, participant=read.participant, priority=read.place, title=title, everyday=live.desk.everyday
    )
    if read.minutes is not None:
        agenda.set_minutes(unit, id_, read.minutes)
    return id_


def _rank(live: "LiveMeeting", line: Line) -> line_parts.RankLine:
    item = _item(live)
    here = None if item is None else item.links.get("priority")
    ranked = line_parts.read_rank(line.text, here, line_parts.place_names(live.material, live.mine()))
    if ranked is None:
        raise KnownError(
            "A change of rank is typed as the place, its new rank and the reason; on a place, without the place.",
            kept="The ranks are as they were.",
            todo="Type for example: 2 shops and riders agree.",
        )
    return ranked


def _agenda(live: "LiveMeeting", line: Line) -> line_parts.AgendaLine | None:
    words, mine, facts = line_parts.minutes_aside(line.text), live.mine(), live.watch.facts
    whole = {
        mention.participant
        for mention in live.watch.guard.mentions(words, frozenset())
        if letters(mention.written) == letters(words) and mine.may_name(mention.participant)
    }
    known = [(one.id, one.code) for one in facts.participants.values() if one.code.casefold() == words.casefold()]
    return line_parts.read_agenda(
        line.text,
        known if mine.allows(Asked(C.OPERATIONS)) else (),
        line_parts.place_names(live.material, mine),
        named=tuple(sorted(whole)),
    )


def _action(live: "LiveMeeting", line: Line) -> ActionLine:
    if line.kind is not EntryKind.ACTION:
        return ActionLine(line.text, None, None)
    people, material = live.watch.facts.people.values(), live.material
    return read_action(line.text, people, material.today, line_parts.next_meeting_day(material))


def _item(live: "LiveMeeting") -> Record | None:
    return live.material.items.get(live.selected or "")


def _title(live: "LiveMeeting", item: Record | None) -> str:
    return "" if item is None else item_title(live.material, live.mine(), item)


def _about(live: "LiveMeeting", line: Line) -> tuple[str, ...]:
    """The item's participant, whoever was chosen besides, and whomever the action that it closes is about."""
    item = _item(live)
    own = None if item is None else item.links.get("participant")
    closed = next((one.about for one in live.material.actions if one.id == line.closes), ())
    return tuple(dict.fromkeys(one for one in (own, line.about, *closed) if one))


def _safe(line: Line) -> tuple[Words, ...]:
    wordings = (Words(line.safe, C.OPERATIONS), Words(line.everybody, C.COMMUNITY, line.marked))
    return tuple(one for one in wordings if one.text.strip())


def _prepared(live: "LiveMeeting", words: Words, about: tuple[str, ...]) -> Prepared:
    return prepare(
        words.text,
        words.cls,
        about,
        live.watch.guard,
        may_link=live.mine().may_name,
        marked=words.marked,
        keeps_class=bool(words.reason.strip()),
    )


def _room_reads(live: "LiveMeeting", full: Prepared, safe: list[Prepared]) -> str:
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
        safe=tuple(Wording(cls=one.cls, text=one.text, cleared=one.cleared) for one in safe),
        cleared=full.cleared,
    )
    return live.watch.disclosure(live.selected).wording(text) or ""


def _preview_of_no_words(live: "LiveMeeting", line: Line) -> EntryPreview:
    """What a line does that files no words of its own."""
    does, problem = _does(live, line)
    return EntryPreview(
        about=_title(live, _item(live)),
        cls="",
        classes=(),
        names=(),
        room_reads="",
        owner="",
        due=None,
        problem=problem,
        does=does,
    )


def _does(live: "LiveMeeting", line: Line) -> tuple[str, str]:
    """What the line would do, and why it can't; one of the two is empty."""
    mine = live.mine()
    names = line_parts.place_names(live.material, mine)
    match line.kind:
        case EntryKind.PRIORITY:
            item = _item(live)
            place = None if item is None else item.links.get("priority")
            return line_words.of_rank(line_parts.read_rank(line.text, place, names), names)
        case EntryKind.PLACE:
            return line_words.of_place(line_parts.read_place(line.text))
        case EntryKind.AGENDA:
            return line_words.of_agenda(_agenda(live, line), mine, names)
    return line_words.of_outcome(_prepared(live, Words(line.text, C.OPERATIONS), _about(live, line)))
