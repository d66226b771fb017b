"""The disclosure ledger: who was shown what, from when to when, on which release and agreement.

Ids, classes and instants, never names or text (45 CFR 164.528, 42 CFR 2.24).
"""

from collections.abc import Iterable, Sequence

from leaddesk.policy.decision import Decision, decide_each
from leaddesk.policy.disclosure import Audience, Told
from leaddesk.policy.standing import Standing
from leaddesk.services.desk import Unit
from leaddesk.vault.ledger import JsonValue


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
        basis=_basis(standing, people, told),
        agreements=_agreements(standing, people),
        purpose=purpose,
        **_not_permitted(standing, people, told),
    )
    return head.sequence


def note_ended(unit: Unit, entry: int, why: str) -> None:
    """Writes until when something was shown: now."""
    unit.note("shown_until", {"entry": entry}, why=why)


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
