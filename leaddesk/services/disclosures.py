"""The disclosure ledger: who was shown what, from when to when, on which release and agreement.

Ids, classes and instants, never names or text (45 CFR 164.528, 42 CFR 2.24).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Concatenate, ParamSpec, TypeVar

from leaddesk.policy.decision import Decision, decide_each
from leaddesk.policy.disclosure import Audience, Told
from leaddesk.policy.standing import Standing
from leaddesk.services.desk import Unit
from leaddesk.vault.ledger import JsonValue, Wanted

P = ParamSpec("P")
T = TypeVar("T")


def note_told(
    unit: Unit,
    how: str,
    audience: Audience,
    told: Told,
    standing: Standing,
    /,
    *,
    purpose: str,
    **objects: str | None,
) -> int:
    """The sequence of the ledger entry that says what is told to whom, from now on.

    Args:
        unit: the transaction; the entry is on disk when it ends.
        how: ``projected``, ``printed``, ``exported``, ``spoken`` or ``other``.
        audience: everybody who is told.
        told: participants, classes and sources.
        standing: the facts it rests on.
        purpose: why, in a word or two.
        **objects: ids of what was shown, such as the agenda item.
    """
    people = sorted(audience.members - {""})
    head = unit.note(
        how,
        {name: id_ for name, id_ in objects.items() if id_ is not None},
        told=_classes(told),
        people=people,
        public="" in audience.members,
        **rests_on(audience, told, standing),
        purpose=purpose,
        **_not_permitted(standing, people, told),
    )
    return head.sequence


def rests_on(audience: Audience, told: Told, standing: Standing) -> dict[str, dict[str, JsonValue]]:
    """What telling this to these people rests on: the releases and exemptions, and everybody's agreement."""
    people = sorted(audience.members - {""})
    return {"basis": _basis(standing, people, told), "agreements": _agreements(standing, people)}


@dataclass(frozen=True, slots=True)
class Ended:
    """Something that is no longer shown, and whose end is still to be written.

    Attributes:
        entry: the ledger entry that says that it is shown.
        why: why it ended.
        gone: when, where that could not be written at once; ``None`` for now.
        projected: whether anybody could see it.
    """

    entry: int
    why: str
    gone: datetime | None = None
    projected: bool = True


def note_taken(unit: Unit, meeting: str, item: str | None) -> int:
    """The sequence of the ledger entry that says that an item is at hand, and that nothing of it is projected."""
    return unit.note("item_taken", {"meeting": meeting, **({} if item is None else {"item": item})}).sequence


def note_ended(unit: Unit, ended: Ended) -> None:
    """Writes until when something was shown, or was at hand."""
    until = {} if ended.gone is None else {"until": ended.gone.astimezone(UTC).isoformat(timespec="seconds")}
    action = "shown_until" if ended.projected else "taken_until"
    unit.note(action, {"entry": ended.entry}, why=ended.why, **until)


def with_end(
    unit: Unit, ended: Ended | None, verb: Callable[Concatenate[Unit, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """What a verb returns, until when something was shown being written in the same transaction."""
    if ended is not None:
        note_ended(unit, ended)
    return verb(unit, *args, **kwargs)


def end_what_was_left(unit: Unit) -> None:
    """Ends what the ledger still calls shown: the program that showed it ended without a word.

    Nobody knows when that was; the last that the program wrote is the last moment at which it is known to have run.
    """
    newest = unit.newest_entries(Wanted(actions=("projected", "shown_until")), before=None, limit=1)
    if newest and newest[0].action == "projected":
        last = unit.newest_entries(Wanted(), before=None, limit=1)[0]
        note_ended(unit, Ended(newest[0].sequence, "the program ended", last.at))


def _classes(told: Told) -> dict[str, JsonValue]:
    participants = sorted({str(asked.participant) for asked in told})
    return {one: sorted({str(asked.cls) for asked in told if asked.participant == one}) for one in participants}


def _basis(standing: Standing, people: Sequence[str], told: Told) -> dict[str, JsonValue]:
    """For each participant and class, the releases and exemptions on which the people rely."""
    basis: dict[str, JsonValue] = {}
    for asked in sorted(told, key=lambda one: (str(one.participant), str(one.cls), str(one.source))):
        relied = {_relied(decision) for _, decision in decide_each(standing, people, asked)} - {""}
        if relied:
            basis[f"{asked.participant} {asked.cls}"] = sorted(relied)
    return basis


def _not_permitted(standing: Standing, people: Sequence[str], told: Told) -> dict[str, dict[str, JsonValue]]:
    """For each participant and class, who may not have it: only what was told by hand ever has somebody here."""
    denied: dict[str, JsonValue] = {}
    for asked in sorted(told, key=lambda one: (str(one.participant), str(one.cls))):
        who = [person for person, decision in decide_each(standing, people, asked) if not decision.allowed]
        if who:
            denied[f"{asked.participant} {asked.cls}"] = who
    return {"not_permitted": denied} if denied else {}


def _relied(decision: Decision) -> str:
    return decision.release or (decision.exemption.value if decision.exemption else "")


def _agreements(standing: Standing, people: Iterable[str]) -> dict[str, JsonValue]:
    """The template and the instant of the agreement that each person's being there rests on."""
    held: dict[str, JsonValue] = {}
    for id_ in people:
        person = standing.facts.people.get(id_)
        agreement = None if person is None else standing.agreement_of(person)
        if agreement is not None and agreement.signed is not None:
            held[id_] = f"{agreement.template} {agreement.signed.isoformat()}"
    return held
