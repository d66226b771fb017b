"""What ties attendees to participants or keeps them apart: involvements, exclusions, grants."""

from collections.abc import Sequence

from sqlalchemy import select

from leaddesk.errors import KnownError
from leaddesk.models import Attendee, Exclusion, Grant, Involvement, Participant
from leaddesk.models.ids import policy_id
from leaddesk.models.words import ExclusionState
from leaddesk.policy.names import letters
from leaddesk.policy.records import Kind, Record
from leaddesk.policy.writing import typed
from leaddesk.services.batches import Part
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import ExclusionForm, GrantForm, InvolvementForm, TieForm
from leaddesk.services.material import names
from leaddesk.services.memory import values_of
from leaddesk.services.recording import Said, record_of

#: Exclusions for a conflict disclosed that the chair has neither confirmed nor cleared.
UNDECIDED = Part(Exclusion, f"state = '{ExclusionState.UNCONFIRMED.value}' AND ended_at IS NULL")


def involve(unit: Unit, form: InvolvementForm) -> str:
    """The id of the involvement that was added."""
    attendee, participant = _both(unit, form)
    row = Involvement(
        attendee_id=attendee.id,
        participant_id=participant.id,
        kind=form.kind,
        from_on=form.starts or unit.today,
        until_on=form.ends,
    )
    unit.rows.add(row)
    unit.rows.flush()
    unit.note("involved", {"attendee": form.attendee, "participant": form.participant}, kind=form.kind.value)
    return policy_id(Kind.INVOLVEMENT, row.id)


def end_involvement(unit: Unit, involvement: str) -> None:
    """Ends an involvement now; what was shown until then rested on it.

    Raises:
        KnownError: it is over already.
    """
    row = unit.found(Involvement, Kind.INVOLVEMENT, involvement)
    _end(unit, row)
    unit.note("involvement_ended", {"involvement": involvement})


def exclude(unit: Unit, form: ExclusionForm) -> str:
    """The id of the exclusion that was added; it counts from the beginning of its first day."""
    attendee, participant = _both(unit, form)
    row = Exclusion(
        attendee_id=attendee.id,
        participant_id=participant.id,
        classes=tuple(cls.value for cls in form.classes),
        reason=typed(form.reason),
        from_on=form.starts or unit.today,
        until_on=form.ends,
    )
    unit.rows.add(row)
    unit.rows.flush()
    unit.note("excluded", {"attendee": form.attendee, "participant": form.participant}, classes=list(row.classes))
    return policy_id(Kind.EXCLUSION, row.id)


def end_exclusion(unit: Unit, exclusion: str) -> None:
    """Ends an exclusion now, which widens and so is the chair's to do."""
    unit.chair_only("Ending an exclusion")
    row = unit.found(Exclusion, Kind.EXCLUSION, exclusion)
    row.ended_at = unit.at
    unit.note("exclusion_ended", {"exclusion": exclusion})


def confirm_exclusion(unit: Unit, exclusion: str) -> None:
    """The chair confirms that a conflict disclosed at signing means this participant."""
    unit.chair_only("Confirming a conflict")
    unit.found(Exclusion, Kind.EXCLUSION, exclusion).state = ExclusionState.CONFIRMED
    unit.note("exclusion_confirmed", {"exclusion": exclusion})


def decide_exclusion(unit: Unit, decided: tuple[str, bool]) -> None:
    """Confirms an exclusion, or ends it: its id, and whether it stands."""
    exclusion, stands = decided
    (confirm_exclusion if stands else end_exclusion)(unit, exclusion)


def undecided(unit: Unit) -> tuple[Record, ...]:
    """The exclusions for a conflict disclosed that wait for the chair, as records."""
    waiting = values_of(unit.rows, [UNDECIDED], {})[UNDECIDED]
    said = Said(names(unit.rows) if waiting else {})
    return tuple(record_of(row, said) for row in UNDECIDED.rows(waiting))


def decide_conflicts(unit: Unit, exclusions: Sequence[str], *, stands: bool) -> None:
    """Confirms or clears conflicts that were disclosed; all of them or none."""
    for exclusion in exclusions:
        decide_exclusion(unit, (exclusion, stands))


def grant(unit: Unit, form: GrantForm) -> str:
    """The id of the chair's recorded decision that somebody needs to know; it must say why and until when."""
    unit.chair_only("Granting need to know")
    attendee, participant = _both(unit, form)
    if not form.classes or not typed(form.reason) or form.ends is None:
        raise KnownError("A grant says what for, why, and until when.", kept="Nothing was saved.")
    row = Grant(
        attendee_id=attendee.id,
        participant_id=participant.id,
        classes=tuple(cls.value for cls in form.classes),
        reason=typed(form.reason),
        from_on=form.starts or unit.today,
        until_on=form.ends,
        granted_by_id=unit.user.attendee,
    )
    unit.rows.add(row)
    unit.rows.flush()
    unit.note("granted", {"attendee": form.attendee, "participant": form.participant}, classes=list(row.classes))
    return policy_id(Kind.GRANT, row.id)


def end_grant(unit: Unit, grant: str) -> None:
    """Ends a grant of need to know now; what was shown until then rested on it.

    Raises:
        KnownError: it is over already.
    """
    unit.chair_only("Ending a grant")
    row = unit.found(Grant, Kind.GRANT, grant)
    _end(unit, row)
    unit.note("grant_ended", {"grant": grant, "participant": policy_id(Kind.PARTICIPANT, row.participant_id)})


def _end(unit: Unit, row: Involvement | Grant) -> None:
    if row.ended_at is not None or (row.until_on is not None and row.until_on < unit.today):
        raise KnownError("It is over already.", kept="Nothing was changed.")
    row.ended_at = unit.at


def exclude_disclosed(
    unit: Unit, attendee: Attendee, conflicts: tuple[str, ...], how: str = "conflict disclosed when signing"
) -> int:
    """How many participants somebody is excluded from at once, by the names they gave, until the chair decides.

    Each name may mean any participant with that name, alias, first or last name; a conflict without a name may mean
    anybody. The signer never learns whether it meant somebody.
    """
    if not conflicts:
        return 0
    everybody = list(unit.rows.scalars(select(Participant)))
    meant = {one.id for name in conflicts for one in everybody if _could_mean(name, one)}
    if any(not letters(name) for name in conflicts):
        meant = {one.id for one in everybody}
    for participant in sorted(meant):
        unit.rows.add(
            Exclusion(
                attendee_id=attendee.id,
                participant_id=participant,
                reason=how,
                from_on=unit.today,
                state=ExclusionState.UNCONFIRMED,
            )
        )
    unit.note("conflict_disclosed", {"attendee": policy_id(Kind.ATTENDEE, attendee.id)}, excluded_from=len(meant))
    return len(meant)


def exclude_told(unit: Unit, attendee: str, participant: str) -> str:
    """The id of the exclusion of somebody who should not hear of a participant, told in the room; at once.

    It stands by the chair's word; one that a scribe notes waits for the chair to confirm or clear it.
    """
    exclusion = exclude(unit, ExclusionForm(attendee=attendee, participant=participant, reason="told in the room"))
    if not unit.user.is_chair:
        unit.found(Exclusion, Kind.EXCLUSION, exclusion).state = ExclusionState.UNCONFIRMED
    return exclusion


def exclude_named(unit: Unit, attendee: str, names: str) -> int:
    """From how many participants somebody is excluded at once who should not hear of these names, with commas.

    Raises:
        KnownError: there is no name.
    """
    told = tuple(part for name in names.split(",") if (part := typed(name)))
    if not told:
        raise KnownError("There is no name.", kept="Nobody was excluded.")
    return exclude_disclosed(unit, unit.found(Attendee, Kind.ATTENDEE, attendee), told, "told in the room")


def _could_mean(name: str, one: Participant) -> bool:
    said = {letters(word) for word in name.split()} | {letters(name)}
    held = [one.given_name, one.family_name, one.preferred_name, *one.aliases]
    known = {letters(word) for words in held for word in words.split()} | {letters(words) for words in held}
    return bool((said & known) - {""})


def _both(unit: Unit, form: TieForm) -> tuple[Attendee, Participant]:
    return (
        unit.found(Attendee, Kind.ATTENDEE, form.attendee),
        unit.found(Participant, Kind.PARTICIPANT, form.participant),
    )
