"""Participants and their releases: adding, mending, revoking."""

import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from leaddesk.errors import KnownError
from leaddesk.models import Participant, Release, Revocation, StoredText, StoredWording
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import Engagement, IntakeStatus
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.writing import typed
from leaddesk.services.desk import Unit, named
from leaddesk.services.drafts import ParticipantForm, ReleaseForm, RevocationForm
from leaddesk.services.texts import Words, Writer

C = InformationClass

#: Letters and digits of a case code: none that is taken for another.
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def save_participant(
    unit: Unit, form: ParticipantForm, everyday: frozenset[str], writer: Writer | None = None
) -> str:
    """The id of the participant who was added, with a new case code, or mended.

    Args:
        unit: the transaction.
        form: what was typed.
        everyday: everyday words for the text guard.
        writer: of the same transaction, where it saves many; by default one that knows everybody who is there now.

    Raises:
        KnownError: there is no name.
        LooksLikeAName: never for a participant's own words, which are of bound classes.
    """
    family = named(form.family_name or form.given_name, "A participant")
    if form.id:
        one = unit.found(Participant, Kind.PARTICIPANT, form.id)
    else:
        one = Participant(case_code=new_code(unit), given_name="", family_name="", created_at=unit.at)
        one.intake_due = (form.referral_date or unit.today) + timedelta(days=unit.site.intake_window_days)
    one.given_name = typed(form.given_name) if form.family_name else ""
    one.family_name = family
    one.preferred_name = typed(form.preferred_name)
    one.aliases = tuple(alias for alias in map(typed, form.aliases) if alias)
    one.birth_date, one.referral_date, one.door = form.birth_date, form.referral_date, form.door
    one.referrer_id = row_id(Kind.ATTENDEE, form.referrer) if form.referrer else None
    one.case_agency_id = row_id(Kind.AGENCY, form.case_agency) if form.case_agency else None
    one.referring_agency_id = row_id(Kind.AGENCY, form.referring_agency) if form.referring_agency else None
    if not form.keeps_progress:
        one.intake_status = IntakeStatus(form.intake_status) if form.intake_status else None
        one.engagement = Engagement(form.engagement) if form.engagement else None
        if form.flagged != one.flagged:
            one.flagged, one.flagged_by_id = form.flagged, unit.user.attendee if form.flagged else None
    unit.rows.add(one)
    unit.rows.flush()
    id_ = policy_id(Kind.PARTICIPANT, one.id)
    if typed(form.progress) and not form.keeps_progress:
        _save_progress(unit, one, form, writer or Writer(unit, everyday))
    unit.note("participant_saved", {"participant": id_}, new=form.id is None)
    return id_


def _save_progress(unit: Unit, one: Participant, form: ParticipantForm, writer: Writer) -> None:
    """Saves the progress line where it differs from the one that is there."""
    id_ = policy_id(Kind.PARTICIPANT, one.id)
    full, safe = Words(form.progress, C.PROGRESS), Words(form.progress_safe, C.OPERATIONS)
    if one.progress_text_id is not None:
        before = unit.rows.get_one(StoredText, one.progress_text_id)
        wordings = unit.rows.scalars(select(StoredWording.body).where(StoredWording.text_id == before.id)).all()
        now = [words.text for words in (writer.prepare(safe, [id_]),) if words.text]
        if before.body == writer.prepare(full, [id_]).text and list(wordings) == now:
            return
    text = writer.save(full, about=[id_], source=one.case_agency_id, safe=[safe])
    one.progress_text_id = text.id


def new_code(unit: Unit) -> str:
    """A case code that no participant has or had: random, nothing derived, with a digit and a letter in it."""
    taken = set(unit.rows.scalars(select(Participant.case_code)))
    while True:
        word = "".join(secrets.choice(_CODE_LETTERS) for _ in range(4))
        code = f"P-{word}"
        # A word of letters or digits alone could be taken for a word, a year or a house number.
        if code not in taken and not word.isdigit() and not word.isalpha() and not word[:-1].isdigit():
            return code


def give_new_code(unit: Unit, participant: str) -> str:
    """A new case code for a participant, offered after a revocation or an exclusion."""
    one = unit.found(Participant, Kind.PARTICIPANT, participant)
    one.case_code = new_code(unit)
    unit.note("case_code_changed", {"participant": participant})
    return one.case_code


def save_release(unit: Unit, form: ReleaseForm) -> str:
    """The id of the release that was added or mended, as far as it says; what is missing keeps it out of force."""
    if form.ends_on and typed(form.ends_event):
        raise KnownError("A release ends on a day or with an event, not both.", kept="Nothing was saved.")
    if form.id:
        release = unit.found(Release, Kind.RELEASE, form.id)
    else:
        one = unit.found(Participant, Kind.PARTICIPANT, form.participant)
        release = Release(participant_id=one.id, created_at=unit.at)
    release.form = form.form
    release.source_agencies = tuple(row_id(Kind.AGENCY, agency) for agency in form.sources)
    release.recipient_classes = tuple(recipient.value for recipient in form.to_classes)
    release.recipient_agencies = tuple(row_id(Kind.AGENCY, agency) for agency in form.to_agencies)
    release.recipient_attendees = tuple(row_id(Kind.ATTENDEE, person) for person in form.to_people)
    release.classes = tuple(cls.value for cls in form.classes)
    release.purpose, release.ends_event = typed(form.purpose), typed(form.ends_event)
    release.ends_on = form.ends_on
    release.signed_at = _signed_at(unit, form)
    release.signed_on = form.signed_on
    unit.rows.add(release)
    unit.rows.flush()
    id_ = policy_id(Kind.RELEASE, release.id)
    participant = policy_id(Kind.PARTICIPANT, release.participant_id)
    unit.note("release_saved", {"release": id_, "participant": participant}, classes=list(release.classes))
    return id_


def _signed_at(unit: Unit, form: ReleaseForm) -> datetime | None:
    """When a release was signed, where its time of day is known: on the day of a revocation that decides.

    One that is signed and recorded today counts from now, unless its time says otherwise.
    """
    if form.signed_on is None:
        return None
    if form.signed_time is not None:
        return datetime.combine(form.signed_on, form.signed_time, tzinfo=ZoneInfo(unit.site.zone))
    return unit.at if form.signed_on == unit.today else None


def revoke(unit: Unit, form: RevocationForm) -> None:
    """The participant takes back one release or, where none is named, all that were signed before now."""
    participant, release = form.participant, form.release
    one = unit.found(Participant, Kind.PARTICIPANT, participant)
    named_release = unit.found(Release, Kind.RELEASE, release) if release else None
    if named_release is not None and named_release.participant_id != one.id:
        raise KnownError("That release is another participant's.", kept="Nothing was changed.")
    unit.rows.add(
        Revocation(
            participant_id=one.id,
            release_id=None if named_release is None else named_release.id,
            at=unit.at,
            how=typed(form.how),
        )
    )
    unit.note("release_revoked", {"participant": participant, "release": release or "all"})


def record_event(unit: Unit, release: str) -> None:
    """Records the event with which a release ends: from now it is over."""
    row = unit.found(Release, Kind.RELEASE, release)
    if not row.ends_event:
        raise KnownError("This release does not end with an event.", kept="Nothing was changed.")
    row.event_recorded_at = unit.at
    unit.note("release_event_recorded", {"release": release})
