"""Undo: what a verb changed in the rows, kept so that it can be put back, and the steps of a running meeting.

A step is put back whole or not at all. One that meets a row which was changed since changes nothing and says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, UOWTransaction

from leaddesk.errors import KnownError
from leaddesk.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Base,
    DraftLine,
    Entry,
    Meeting,
    PrivateNote,
    SteppedOut,
    StoredText,
    StoredWording,
    TextAbout,
)
from leaddesk.models.base import columns
from leaddesk.models.ids import policy_id
from leaddesk.policy.records import Kind
from leaddesk.services.agenda import removable
from leaddesk.services.desk import Unit
from leaddesk.services.meetings import changeable, movable

P = ParamSpec("P")
T = TypeVar("T")

_WORDS_OF_A_ROW = (StoredText, TextAbout, StoredWording)
#: What is filed leaves the room by its id; when, where and in which order things are told is told anew.
_SHOWS_AS_MUCH = (ActionItem, AgendaItem, Attendance, Entry, Meeting, PrivateNote, SteppedOut)
_MOST = 200


class ChangedSinceError(KnownError):
    """What was to be taken back is no longer as it was left."""

    def __init__(self) -> None:
        super().__init__(
            "That was changed again since, so it can't be taken back.",
            kept="Nothing was changed.",
            todo="Change it by hand.",
        )


@dataclass(frozen=True, slots=True)
class Touched:
    """One row that a verb added (no ``before``), removed (no ``after``) or changed, with the columns concerned."""

    model: type[Base]
    row: int
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Change:
    """Every row that one transaction touched, in the order in which they were touched first."""

    touched: tuple[Touched, ...]

    @property
    def added(self) -> frozenset[str]:
        """The ids of what was added."""
        return frozenset(id_ for one in self.touched if one.before is None for id_ in _ids(one))

    @property
    def only_mends(self) -> bool:
        """Whether it added and removed nothing but words: what was added the ledger may speak of."""
        mended = [one for one in self.touched if one.model not in _WORDS_OF_A_ROW]
        return bool(mended) and all(one.before is not None and one.after is not None for one in mended)

    @property
    def shows_less(self) -> bool:
        """Whether putting it back may take words or rights from the room, besides what was filed with it."""
        return any(one.model not in _SHOWS_AS_MUCH and not _is_new_words(one) for one in self.touched)

    def then(self, later: "Change") -> "Change":
        """This change and a later one, as one."""
        rows: dict[tuple[type[Base], int], Touched] = {}
        for one in (*self.touched, *later.touched):
            key = (one.model, one.row)
            rows[key] = _both(rows[key], one) if key in rows else one
        return Change(tuple(rows.values()))


class Did(NamedTuple):
    """What was done.

    Attributes:
        words: what it was, as a noun: ``the update``.
        about: the id of what it was done to, if that has a name or words of its own.
        topic: steps of one topic that follow each other are one step; empty for a step of its own.
    """

    words: str
    about: str | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done and can be taken back.

    Attributes:
        did: what was done.
        back: what it changed in the rows, or what takes it back; that raises `KnownError` where it can't any more.
    """

    did: Did
    back: Change | Callable[[], object]


def stands(what: str, todo: str = "Mend it where it was recorded.") -> Step:
    """A step that undo does not take back: it says so once, instead of taking back what was done before it.

    Args:
        what: what stands.
        todo: how it is corrected instead.
    """

    def refuse() -> None:
        raise KnownError(
            f"Undo does not take back {what}.",
            kept="Nothing was changed.",
            todo=f"{todo} Undo once more takes back what was done before it.",
        )

    return Step(Did(what), refuse)


class Undo:
    """The steps that can be taken back, the last first. It lives as long as the meeting is at hand."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    @property
    def last(self) -> Step | None:
        """The step that would be taken back, ``None`` where there is none."""
        return self._steps[-1] if self._steps else None

    def push(self, step: Step) -> None:
        """Remembers a step, as one with the last one where both have the same topic."""
        last = self.last
        if last is not None and step.did.topic and last.did.topic == step.did.topic:
            if isinstance(last.back, Change) and isinstance(step.back, Change):
                step = replace(step, back=last.back.then(step.back))
            self.drop()
        self._steps.append(step)
        del self._steps[:-_MOST]

    def drop(self) -> None:
        """Forgets the last step: it was taken back, or never can be."""
        self._steps.pop()


def recorded(
    unit: Unit, verb: Callable[Concatenate[Unit, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> tuple[T, Change]:
    """What a verb returns, and what it changed in the rows; the unfinished line of the entry aside."""
    unit.rows.flush()
    eye = _Eye(unit.rows)
    try:
        result = verb(unit, *args, **kwargs)
        unit.rows.flush()
    finally:
        eye.close()
    return result, eye.change()


def check(unit: Unit, change: Change) -> None:
    """Returns where everything is still as the change left it.

    Raises:
        ChangedSinceError: something is not.
        KnownError: it put something on the agenda that the room was shown since, or that something hangs on by now;
            or it moved a meeting that has begun.
    """
    for one in change.touched:
        row = unit.rows.get(one.model, one.row)
        if (row is None) is not (one.after is None):
            raise ChangedSinceError
        if isinstance(row, AgendaItem) and one.before is None:
            # The ledger speaks of what was shown: it can't become another item's number.
            removable(unit, row)
        if isinstance(row, Meeting) and one.before is not None:
            # Undo does nothing to a meeting that its own verbs refuse by now.
            movable(row)
        if row is not None and one.after is not None and _values(row, one.after) != one.after:
            raise ChangedSinceError


def put_back(unit: Unit, change: Change) -> None:
    """Puts every row back as it was; what was filed stays on the desk, marked as undone.

    Raises:
        ChangedSinceError: something is no longer as the change left it, or something else hangs on it by now.
        KnownError: it stands in minutes that are final by now.
    """
    check(unit, change)
    for one in change.touched:
        _refuse_final(unit, one)
    stays = any(one.before is None and hasattr(one.model, "undone_at") for one in change.touched)
    order = {table.name: number for number, table in enumerate(Base.metadata.sorted_tables)}
    by_table = sorted(change.touched, key=lambda one: order[one.model.__tablename__])
    try:
        # What others point to comes first and goes last.
        for one in (one for one in by_table if one.before is not None):
            _restore(unit, one, one.before or {})
        for one in (one for one in reversed(by_table) if one.before is None):
            _take_away(unit, one, words_stay=stays)
    except IntegrityError as error:
        raise ChangedSinceError from error
    objects: dict[str, Any] = {}
    for one in change.touched:
        for id_ in _ids(one):
            objects.setdefault(one.model.__tablename__, []).append(id_)
    unit.note("undone", {kind: ids[0] if len(ids) == 1 else ids for kind, ids in objects.items()})


def _refuse_final(unit: Unit, one: Touched) -> None:
    """Returns unless a row belongs to final minutes; what becomes of an action goes on after them."""
    row = unit.rows.get(one.model, one.row)
    meeting = getattr(row, "meeting_id", None)
    if isinstance(row, ActionItem) and one.before is None:
        meeting = row.origin_meeting_id
    if meeting is not None:
        changeable(unit.rows.get_one(Meeting, meeting))


def _restore(unit: Unit, one: Touched, before: Mapping[str, object]) -> None:
    row = unit.rows.get(one.model, one.row)
    if row is None:
        values: dict[str, Any] = dict(before)
        row = one.model(**values)
        row.id = one.row
        unit.rows.add(row)
    else:
        for name, value in before.items():
            setattr(row, name, value)
    unit.rows.flush()


def _take_away(unit: Unit, one: Touched, *, words_stay: bool) -> None:
    row = unit.rows.get_one(one.model, one.row)
    if hasattr(row, "undone_at"):
        row.undone_at = unit.at
    elif not (words_stay and isinstance(row, _WORDS_OF_A_ROW)):
        unit.rows.delete(row)
    unit.rows.flush()


def _values(row: Base, names: Mapping[str, object]) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}


def _is_new_words(one: Touched) -> bool:
    return one.before is None and one.model in _WORDS_OF_A_ROW


def _ids(one: Touched) -> tuple[str, ...]:
    table = one.model.__tablename__
    return (policy_id(Kind(table), one.row),) if table in frozenset(Kind) else ()


def _both(first: Touched, then: Touched) -> Touched:
    before = None if first.before is None else {**(then.before or {}), **first.before}
    after = None if then.after is None else {**(first.after or {}), **then.after}
    return Touched(first.model, first.row, before, after)


class _Eye:
    """Sees what a session writes, until it is closed."""

    def __init__(self, rows: Session) -> None:
        self._rows = rows
        self._change = Change(())
        event.listen(rows, "before_flush", self._before_flush)
        event.listen(rows, "after_flush_postexec", self._after_flush)
        self._new: tuple[Base, ...] = ()

    def change(self) -> Change:
        """What was seen."""
        return self._change

    def close(self) -> None:
        """Sees nothing any more."""
        event.remove(self._rows, "before_flush", self._before_flush)
        event.remove(self._rows, "after_flush_postexec", self._after_flush)

    def _before_flush(self, rows: Session, _flushing: UOWTransaction, _some: object) -> None:
        self._new = tuple(row for row in rows.new if _is_seen(row))
        seen: list[Touched] = []
        for row in (row for row in rows.dirty if _is_seen(row)):
            changed = {name: history for name, history in _histories(row) if history.has_changes()}
            before = {name: history.deleted[0] for name, history in changed.items()}
            after = {name: history.added[0] for name, history in changed.items()}
            seen += [Touched(type(row), row.id, before, after)] if changed else []
        seen += [Touched(type(row), row.id, _all(row), None) for row in rows.deleted if _is_seen(row)]
        self._change = self._change.then(Change(tuple(seen)))

    def _after_flush(self, _rows: Session, _flushing: UOWTransaction) -> None:
        new, self._new = self._new, ()
        self._change = self._change.then(Change(tuple(Touched(type(row), row.id, None, _all(row)) for row in new)))


def _is_seen(row: object) -> bool:
    return isinstance(row, Base) and not isinstance(row, DraftLine)


def _histories(row: Base) -> list[tuple[str, Any]]:
    state = sa.inspect(row)
    return [(name, state.attrs[name].history) for name, _ in columns(type(row))]


def _all(row: Base) -> dict[str, object]:
    return {name: getattr(row, name) for name, _ in columns(type(row))}
