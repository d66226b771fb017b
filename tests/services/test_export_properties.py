"""Random small desks: whatever the user may not have is in no byte of the export."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from leaddesk.models import (
    ActionItem,
    Agency,
    AgendaItem,
    Attendee,
    CourtItem,
    Entry,
    Exclusion,
    Participant,
    Revocation,
)
from leaddesk.models.schema import migrate
from leaddesk.models.words import AgendaKind, EntryKind, IntakeStatus
from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import BOUND, Form, InformationClass, InvolvementKind, Part2, RecipientClass, Role
from leaddesk.services.facts import load_facts
from leaddesk.vault.desk import OpenDesk
from tests.often import examples
from tests.services import rows
from tests.services.rows import NOON, TODAY, keep
from tests.services.test_exporting import LATER, exported
from tests.vault.making import make

C = InformationClass


@dataclass
class Marked:
    """A desk whose values are unique words, each with the questions that must all be allowed for it to be seen."""

    session: Session
    user: Attendee
    questions: dict[str, list[Asked]] = field(default_factory=dict)

    def mark(self, *asked: Asked) -> str:
        word = f"mk{len(self.questions)}q"
        self.questions[word] = list(asked)
        return word

    def text(self, draw: st.DataObject, cls: InformationClass, *about: Participant, source: Agency | None) -> int:
        """A text of a class or a narrower one, with a safe wording, each a marked word."""
        lower = draw.draw(st.sampled_from([C.COMMUNITY, C.OPERATIONS, C.PROGRESS, C.CARE]))

        def asked(one: InformationClass) -> list[Asked]:
            if one not in BOUND:
                return [Asked(one)]
            return [Asked(one, f"p{who.id}", f"g{source.id}" if source else None) for who in about]

        full = self.mark(*asked(cls), *(Asked(C.IDENTITY, f"p{who.id}") for who in about))
        safe = self.mark(*asked(lower))
        return rows.text(
            self.session, cls, full, *about, safe=[(lower, safe)], source_id=source.id if source else None
        ).id


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    with make(tmp_path_factory.mktemp("export") / "desk") as opened:
        with opened.migrating() as engine:
            migrate(engine)
        yield opened


def random_participant(marked: Marked, draw: st.DataObject, number: int, agencies: list[Agency]) -> Participant:
    some, session, user = draw.draw(st.sampled_from([None, *agencies])), marked.session, marked.user
    who, named_ = f"p{number}", Asked(C.IDENTITY, f"p{number}")
    row = rows.participant(
        session,
        marked.mark(named_),
        marked.mark(named_),
        aliases=(marked.mark(named_),),
        referrer_text=marked.mark(named_),
        not_approved_reason=marked.mark(Asked(C.PROGRESS, who)),
        case_agency_id=some.id if some else None,
        referring_agency_id=agencies[0].id,
        intake_status=draw.draw(st.sampled_from([None, IntakeStatus.REFERRED, IntakeStatus.ENROLLED])),
        merged_into_id=None,
    )
    assert row.id == number
    row.note_text_id = marked.text(draw, draw.draw(st.sampled_from([C.CARE, C.HEALTH])), row, source=some)
    row.progress_text_id = marked.text(draw, C.PROGRESS, row, source=some)
    keep(session, CourtItem(participant_id=row.id, court=marked.mark(Asked(C.COORDINATION, who))))
    rows.release(
        session,
        row,
        *draw.draw(st.sampled_from([sorted(BOUND), [C.IDENTITY], [C.CARE, C.HEALTH], []])),
        form=draw.draw(st.sampled_from([Form.PART2, Form.GENERAL, None])),
        source_agencies=tuple(agency.id for agency in agencies),
        recipient_classes=draw.draw(st.sampled_from([tuple(RecipientClass), ("program",), ()])),
        purpose=marked.mark(Asked(C.ADMIN, who)),
    )
    if draw.draw(st.booleans()):
        classes = draw.draw(st.sampled_from([(), ("identity",), ("care", "health")]))
        reason = marked.mark(Asked(C.ADMIN, who))
        tie = Exclusion(attendee_id=user.id, participant_id=row.id, from_on=TODAY, classes=classes, reason=reason)
        keep(session, tie)
    if draw.draw(st.booleans()):
        rows.involve(session, user, row, InvolvementKind.PROVIDER)
    if draw.draw(st.booleans()):
        how = marked.mark(Asked(C.ADMIN, who))
        keep(session, Revocation(participant_id=row.id, at=NOON - timedelta(days=1), how=how))
    return row


def random_desk(session: Session, draw: st.DataObject) -> Marked:
    rows.site(session, part2=draw.draw(st.sampled_from(list(Part2))))
    agencies = [
        keep(session, Agency(name=f"Agency {n}", part2=draw.draw(st.sampled_from([None, *Part2])))) for n in "AB"
    ]
    user = rows.attendee(
        session,
        "Noor",
        "Haddad",
        draw.draw(st.sampled_from(list(Role))),
        agency_id=draw.draw(st.sampled_from([1, 2])),
    )
    if draw.draw(st.sampled_from([True, True, True, False])):
        rows.agreement(session, user, rows.template(session))
    marked = Marked(session, user)
    other = rows.attendee(session, "Tom", "Vega", Role.OFFICER)
    other.phone = marked.mark(Asked(C.PERSONNEL, subjects=frozenset({"a2"})))
    other.note = marked.mark(Asked(C.ADMIN))
    people = [random_participant(marked, draw, number, agencies) for number in (1, 2)]
    meeting = rows.meeting(session, rows.series(session), 1, other)
    for about in ([], people[:1], people):
        item = AgendaItem(meeting_id=meeting.id, position=1, kind=AgendaKind.PARTICIPANT, participant_id=1)
        item.outcome_text_id = marked.text(draw, C.OPERATIONS, people[0], source=agencies[0])
        keep(session, item)
        cls = draw.draw(
            st.sampled_from([C.COMMUNITY, C.OPERATIONS, *sorted(BOUND)] if about else [C.COMMUNITY, C.ADMIN])
        )
        words = marked.text(draw, cls, *about, source=agencies[0])
        keep(session, Entry(meeting_id=1, kind=EntryKind.NOTE, text_id=words, filed_at=NOON, agenda_item_id=item.id))
        cls = C.IDENTITY if about else C.OPERATIONS
        words = marked.text(draw, cls, *about, source=agencies[0])
        keep(session, ActionItem(text_id=words, created_at=NOON, participant_id=about[0].id if about else None))
    return marked


@settings(max_examples=examples(30, thorough=600), deadline=None)
@given(draw=st.data())
def test_nothing_that_the_user_may_not_have_is_in_an_export_of_any_desk(
    shared: OpenDesk, draw: st.DataObject
) -> None:
    with Session(shared.engine) as session:
        marked = random_desk(session, draw)
        content = json.dumps(exported(shared, session, marked.user).data)
        standing, user = Standing(load_facts(session, LATER), LATER), f"a{marked.user.id}"
        for word, questions in marked.questions.items():
            allowed = all(decide(standing, user, asked).allowed for asked in questions)
            assert allowed or f'"{word}' not in content, questions
        for number in (1, 2):
            one = standing.facts.participants[f"p{number}"]
            by_name = decide(standing, user, Asked(C.IDENTITY, one.id)).allowed
            by_code = not by_name and decide(standing, user, Asked(C.OPERATIONS)).allowed
            assert (one.code in content) == by_code
            assert by_name or content.count(f'"{one.id}"') == int(by_code)
