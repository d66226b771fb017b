"""What was told by word of mouth or another way, recorded by hand: the ledger has what happened, permitted or not."""

from dataclasses import dataclass

from leaddesk.errors import KnownError
from leaddesk.policy.disclosure import Audience
from leaddesk.policy.hearing import PURPOSES, told_of
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services.desk import Unit
from leaddesk.services.disclosures import note_told

#: By word of mouth, and every other way.
WAYS = ("spoken", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Something that was told.

    Attributes:
        participant: whom it was about.
        classes: what of them.
        people: ids of those who were told; ``None`` for those present and in view.
        how: one of `WAYS`.
        purpose: one of `PURPOSES`.
    """

    participant: str
    classes: tuple[InformationClass, ...]
    people: tuple[str, ...] | None = None
    how: str = "spoken"
    purpose: str = "meeting"


def record(
    unit: Unit, telling: Telling, standing: Standing, here: Audience, *, meeting: str, item: str | None
) -> int:
    """The sequence of the ledger entry that says what was told, to whom, and on which release and agreement.

    What was told to somebody who may not have it is recorded too, and says for whom it was not permitted.

    Args:
        unit: the transaction.
        telling: what was told.
        standing: the facts it rests on, with everybody in the role they attend in.
        here: those present and in view.
        meeting: the meeting's id.
        item: the agenda item that was talked about.

    Raises:
        KnownError: nothing was chosen, nobody was told, or the way or the purpose is none that the ledger knows.
    """
    audience = here if telling.people is None else Audience(frozenset(telling.people))
    if not telling.classes:
        raise _nothing("Choose what was told first.")
    if telling.people is not None and not telling.people:
        raise _nothing("Choose who was told first.")
    if telling.how not in WAYS or telling.purpose not in PURPOSES:
        raise _nothing("Choose how and why it was told.")
    told = told_of(standing, telling.participant, telling.classes)
    in_room = telling.people is None
    return note_told(
        unit,
        telling.how,
        audience,
        told,
        standing,
        purpose=telling.purpose,
        meeting=meeting if in_room else None,
        item=item if in_room else None,
    )


def _nothing(words: str) -> KnownError:
    return KnownError("Nothing was recorded.", kept="What you chose is still here.", todo=words)
