"""The forms: attendees, participants, releases, ties, places. Each gives a draft; services save it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit, QSpinBox, QWidget
from typing_extensions import override

from leaddesk.policy.desk_views import Found
from leaddesk.policy.vocabulary import (
    Door,
    InformationClass,
    InvolvementKind,
    Part2,
    RecipientClass,
    Role,
)
from leaddesk.policy.vocabulary import (
    Form as ReleaseKind,
)
from leaddesk.policy.why import WORDS_FOR
from leaddesk.services.drafts import (
    AgencyForm,
    AttendeeForm,
    Choice,
    ExclusionForm,
    GrantForm,
    InvolvementForm,
    ParticipantForm,
    PriorityForm,
    ReleaseForm,
    RevocationForm,
    TieForm,
)
from leaddesk.services.registers import Choices, lacks
from leaddesk.ui.registers.form import Form, Picker, TimeField, maybe, members, words_of
from leaddesk.ui.registers.several import Several

_STATUSES = ("referred", "screening", "not_approved", "declined", "enrolled", "intake_missed")
_ENGAGEMENTS = ("active", "light_touch", "not_engaged", "paused", "exited", "deceased")
_CLASSES = tuple(Choice(id=cls.value, words=words) for cls, words in WORDS_FOR.items())
_THE_NAME = "The name goes with aliases, age and how they were referred."


class AgencyFormDialog(Form):
    """An agency."""

    def __init__(self, draft: AgencyForm, parent: QWidget | None = None) -> None:
        super().__init__("Agency", parent)
        self._id = draft.id
        self.name = self.add_text("Name", draft.name)
        self.kind = self.add_text("Kind", draft.kind, "Such as police, case management, clinic.")
        self.part2 = self.add_row(
            "42 CFR Part 2 program?",
            Picker(words_of(Part2), draft.part2, none="not set"),
            "Whether it holds itself out as treating substance use. Unsure counts as yes.",
        )

    @override
    def draft(self) -> AgencyForm:
        return AgencyForm(
            id=self._id, name=self.name.text(), kind=self.kind.text(), part2=maybe(Part2, self.part2.chosen)
        )


class AttendeeFormDialog(Form):
    """Somebody who attends."""

    def __init__(self, draft: AttendeeForm, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__("Attendee", parent)
        self._id, self._keeps_contact = draft.id, draft.keeps_contact
        self.given = self.add_text("Given name", draft.given_name)
        self.family = self.add_text("Family name", draft.family_name)
        self.title = self.add_text("Title", draft.title, "Such as Ofc., Sgt., Dr.")
        self.agency = self.add_row("Agency", Picker(choices.agencies, draft.agency))
        self.neighborhood = self.add_row("or neighborhood", Picker(choices.neighborhoods, draft.neighborhood))
        first, *others = (*draft.roles, "") if draft.roles else ("",)
        self.role = self.add_row("Role", Picker(words_of(Role), first, none="not set: sees nothing"))
        self.others = self.add_row(
            "Other roles", Several(words_of(Role), [role for role in others if role], columns=3)
        )
        self.email = self.add_text("E-mail", draft.email)
        self.phone = self.add_text("Phone", draft.phone)
        self.active = self.add_row("Attends", QCheckBox("still attends"))
        self.active.setChecked(draft.active)
        for line in (self.email, self.phone):
            line.setEnabled(not draft.keeps_contact)

    @override
    def draft(self) -> AttendeeForm:
        roles = dict.fromkeys([*([self.role.chosen] if self.role.chosen else []), *self.others.chosen])
        return AttendeeForm(
            id=self._id,
            given_name=self.given.text(),
            family_name=self.family.text(),
            title=self.title.text(),
            agency=self.agency.chosen,
            neighborhood=self.neighborhood.chosen,
            roles=members(Role, tuple(roles)),
            email=self.email.text(),
            phone=self.phone.text(),
            active=self.active.isChecked(),
            keeps_contact=self._keeps_contact,
        )


class ParticipantFormDialog(Form):
    """A participant's own facts."""

    def __init__(self, draft: ParticipantForm, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__("Participant", parent)
        self._before = draft
        self.given = self.add_text("Given name", draft.given_name)
        self.family = self.add_text("Family name", draft.family_name)
        self.preferred = self.add_text("Preferred name", draft.preferred_name)
        self.aliases = self.add_text("Also known as", ", ".join(draft.aliases), "Several with commas.")
        self.birth = self.add_day("Birth date", draft.birth_date)
        self.door = self.add_row("Referral door", Picker(words_of(Door), draft.door, none="not known"))
        self.referred = self.add_day("Referred on", draft.referral_date)
        self.referrer = self.add_row("Referred by", Picker(choices.attendees, draft.referrer))
        self.referring = self.add_row("Referring agency", Picker(choices.agencies, draft.referring_agency))
        self.case_agency = self.add_row(
            "Case agency",
            Picker(choices.agencies, draft.case_agency, none="not known: no release covers it"),
            "Who serves them or, before that, has been asked to do the intake.",
        )
        self.status = self.add_row(
            "Intake", Picker(_plain(_STATUSES), draft.intake_status, none="not known: does not count as open")
        )
        self.engagement = self.add_row("Engagement", Picker(_plain(_ENGAGEMENTS), draft.engagement))
        self.progress = self.add_row(
            "Progress line", _lines(draft.progress), "What partners may know, in a sentence."
        )
        self.safe = self.add_text(
            "Where the name is not known", draft.progress_safe, "What a room that sees the code alone reads instead."
        )
        self.flagged = self.add_row("Next meeting", QCheckBox("flag for the next agenda"))
        self.flagged.setChecked(draft.flagged)
        note = QLabel("No criminal-history or NCIC results belong on this desk, here or anywhere else.")
        note.setWordWrap(True)
        note.setProperty("look", "hint")
        self._grid.addWidget(note, self._grid.rowCount(), 1)
        for field in (self.status, self.engagement, self.progress, self.safe, self.flagged):
            field.setEnabled(not draft.keeps_progress)

    @override
    def draft(self) -> ParticipantForm:
        return ParticipantForm(
            id=self._before.id,
            given_name=self.given.text(),
            family_name=self.family.text(),
            preferred_name=self.preferred.text(),
            aliases=tuple(part.strip() for part in self.aliases.text().split(",") if part.strip()),
            birth_date=self.birth.day,
            door=maybe(Door, self.door.chosen),
            referral_date=self.referred.day,
            referrer=self.referrer.chosen,
            referring_agency=self.referring.chosen,
            case_agency=self.case_agency.chosen,
            intake_status=self.status.chosen,
            engagement=self.engagement.chosen,
            progress=self.progress.toPlainText(),
            progress_safe=self.safe.text(),
            flagged=self.flagged.isChecked(),
            keeps_progress=self._before.keeps_progress,
        )


class ReleaseFormDialog(Form):
    """A release of information; it says while it is filled in what it still lacks."""

    def __init__(self, draft: ReleaseForm, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__("Release of information", parent)
        self._before = draft
        self.form = self.add_row(
            "Form",
            Picker(words_of(ReleaseKind), draft.form, none="not known"),
            "Part 2: it has every element of 42 CFR 2.31. Only such a one lets a Part 2 program disclose.",
        )
        self.sources = self.add_row("Who may disclose", Several(choices.agencies, draft.sources))
        self.to_classes = self.add_row("To whom: groups", Several(words_of(RecipientClass), draft.to_classes))
        self.to_agencies = self.add_row("To whom: agencies", Several(choices.agencies, draft.to_agencies))
        self.to_people = self.add_row("To whom: people", Several(choices.attendees, draft.to_people, columns=1))
        self.classes = self.add_row("What", Several(_CLASSES, draft.classes, columns=3), _THE_NAME)
        self.purpose = self.add_text("Purpose", draft.purpose)
        self.signed = self.add_day("Signed on", draft.signed_on)
        self.time = self.add_row(
            "at", TimeField(draft.signed_time), "Empty for not known; on the day of a revocation it decides."
        )
        self.ends = self.add_day("Last day", draft.ends_on, "“Until revoked” is no end.")
        self.ends_with = self.add_text("or ends when", draft.ends_event)
        self.lacks = QLabel()
        self.lacks.setWordWrap(True)
        self.lacks.setProperty("look", "caution")
        self._grid.addWidget(self.lacks, self._grid.rowCount(), 1)
        for several in (self.sources, self.to_classes, self.to_agencies, self.to_people, self.classes):
            several.changed.connect(self._say_lacks)
        for line in (self.signed, self.time, self.ends, self.ends_with):
            line.textChanged.connect(self._say_lacks)
        self.form.currentIndexChanged.connect(self._say_lacks)
        self._say_lacks()

    @override
    def draft(self) -> ReleaseForm:
        return ReleaseForm(
            id=self._before.id,
            participant=self._before.participant,
            form=maybe(ReleaseKind, self.form.chosen),
            sources=self.sources.chosen,
            to_classes=members(RecipientClass, self.to_classes.chosen),
            to_agencies=self.to_agencies.chosen,
            to_people=self.to_people.chosen,
            classes=members(InformationClass, self.classes.chosen),
            purpose=self.purpose.text(),
            signed_on=self.signed.day,
            signed_time=self.time.time,
            ends_on=self.ends.day,
            ends_event=self.ends_with.text(),
        )

    def _say_lacks(self) -> None:
        try:
            missing = lacks(self.draft())
        except ValueError:
            missing = ("a day or time that can be read",)
        words = ", ".join(missing)
        self.lacks.setText(f"Not in force yet: it lacks {words}." if missing else "Complete: in force from its day.")


class RevocationFormDialog(Form):
    """The participant takes back one release, or all that were signed before now."""

    def __init__(self, participant: str, releases: Sequence[Found], parent: QWidget | None = None) -> None:
        super().__init__("Revoke a release", parent)
        self._participant = participant
        found = [Choice(id=one.id, words=one.title) for one in releases]
        self.release = self.add_row(
            "Which", Picker(found, none="all that were signed before now"), "It counts from this moment."
        )
        self.how = self.add_text("How it was told")

    @override
    def draft(self) -> RevocationForm:
        return RevocationForm(participant=self._participant, release=self.release.chosen, how=self.how.text())


class ExclusionsDialog(Form):
    """The exclusions of a participant: a conflict disclosed is confirmed or cleared, any other is ended."""

    def __init__(self, exclusions: Sequence[Found], parent: QWidget | None = None) -> None:
        super().__init__("Conflicts and exclusions", parent)
        found = [Choice(id=one.id, words=f"{one.title}: {one.detail}") for one in exclusions]
        self.which = self.add_row("Which", Picker(found, none="choose"))
        self.what = self.add_row(
            "What is true",
            Picker((Choice(id="confirm", words="it stands"), Choice(id="end", words="it is over, or was none"))),
            "Ending one lets the room see more as soon as you confirm that.",
        )

    @override
    def draft(self) -> tuple[str, bool]:
        if self.which.chosen is None or self.what.chosen is None:
            raise ValueError("Choose one, and what is true of it.")
        return self.which.chosen, self.what.chosen == "confirm"


class TieFormDialog(Form):
    """What an involvement, an exclusion and a grant have in common: who, whom, from when, until when."""

    def __init__(self, title: str, draft: TieForm, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.attendee = self.add_row("Attendee", Picker(choices.attendees, draft.attendee))
        self.participant = self.add_row("Participant", Picker(choices.participants, draft.participant))
        self.participants = self.participant
        self.starts = self.add_day("From", draft.starts, "Empty for today.")
        self.ends = self.add_day("Last day", draft.ends, "Empty for no end.")

    def _who(self) -> tuple[str, str]:
        attendee, participant = self.attendee.chosen, self.participant.chosen
        if attendee is None or participant is None:
            raise ValueError("Choose an attendee and a participant.")
        return attendee, participant


class InvolvementFormDialog(TieFormDialog):
    """An attendee works with a participant."""

    def __init__(self, draft: InvolvementForm, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__("Involvement", draft, choices, parent)
        self.kind = self.add_row("As", Picker(words_of(InvolvementKind), draft.kind))

    @override
    def draft(self) -> InvolvementForm:
        attendee, participant = self._who()
        kind = maybe(InvolvementKind, self.kind.chosen) or InvolvementKind.CASE_MANAGER
        return InvolvementForm(
            attendee=attendee, participant=participant, starts=self.starts.day, ends=self.ends.day, kind=kind
        )


class ExclusionFormDialog(TieFormDialog):
    """An attendee may not have something about a participant."""

    def __init__(self, draft: ExclusionForm, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__("Exclusion", draft, choices, parent)
        self.classes = self.add_row(
            "From what", Several(_CLASSES, draft.classes, columns=3), f"None means everything. {_THE_NAME}"
        )
        self.reason = self.add_text("Why", draft.reason)

    @override
    def draft(self) -> ExclusionForm:
        attendee, participant = self._who()
        return ExclusionForm(
            attendee=attendee,
            participant=participant,
            starts=self.starts.day,
            ends=self.ends.day,
            classes=members(InformationClass, self.classes.chosen),
            reason=self.reason.text(),
        )


class GrantFormDialog(TieFormDialog):
    """The chair decides that an attendee needs to know."""

    def __init__(self, draft: GrantForm, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__("Need-to-know grant", draft, choices, parent)
        self.classes = self.add_row("What", Several(_CLASSES, draft.classes, columns=3), _THE_NAME)
        self.reason = self.add_text("Why", draft.reason, "It lifts the role alone; a release is needed all the same.")

    @override
    def draft(self) -> GrantForm:
        attendee, participant = self._who()
        return GrantForm(
            attendee=attendee,
            participant=participant,
            starts=self.starts.day,
            ends=self.ends.day,
            classes=members(InformationClass, self.classes.chosen),
            reason=self.reason.text(),
        )


class PriorityFormDialog(Form):
    """A location priority, and evidence to add in its two lanes."""

    def __init__(self, draft: PriorityForm, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__("Location priority", parent)
        self._id = draft.id
        self.name = self.add_text("Name", draft.name)
        self.place = self.add_text("Where", draft.place)
        self.neighborhood = self.add_text("Neighborhood", draft.neighborhood)
        self.rank = self.add_row("Rank", QSpinBox())
        self.rank.setRange(1, 999)
        self.rank.setValue(draft.rank)
        self.reason = self.add_text("Why this rank", draft.rank_reason, "Needed when the rank changes.")
        self.told = self.add_row("What people tell us", _lines(draft.told), "No names: it is for everybody.")
        self.told_by = self.add_text("Who said so", draft.told_by, "Such as shops and riders.")
        self.voices = self.add_row("Voices", QSpinBox())
        self.voices.setRange(0, 999)
        self.voices.setSpecialValueText("not counted")
        self.voices.setValue(draft.voices or 0)
        self.counted = self.add_row("What is counted", _lines(draft.counted))
        self.counted_from = self.add_text("Where from", draft.counted_from)
        self.unheard = self.add_text("Not yet heard from", draft.not_heard_from)
        self.response = self.add_row("Planned response", _lines(draft.response), "No names: it is for everybody.")
        self.lead = self.add_row("Lead", Picker(choices.attendees, draft.lead))
        self.review = self.add_day("Review on", draft.review_on)
        self._description = draft.description

    @override
    def draft(self) -> PriorityForm:
        return PriorityForm(
            id=self._id,
            name=self.name.text(),
            place=self.place.text(),
            neighborhood=self.neighborhood.text(),
            rank=self.rank.value(),
            rank_reason=self.reason.text(),
            description=self._description,
            response=self.response.toPlainText(),
            lead=self.lead.chosen,
            review_on=self.review.day,
            told=self.told.toPlainText(),
            told_by=self.told_by.text(),
            voices=self.voices.value() or None,
            counted=self.counted.toPlainText(),
            counted_from=self.counted_from.text(),
            not_heard_from=self.unheard.text(),
        )


def _lines(text: str) -> QPlainTextEdit:
    field = QPlainTextEdit(text)
    field.setTabChangesFocus(True)
    field.setFixedHeight(72)
    return field


def _plain(words: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(id=word, words=word.replace("_", " ")) for word in words)
