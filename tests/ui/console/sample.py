"""The meeting of the design's pictures as views: every person, place and number is invented."""

from datetime import UTC, date, datetime, timedelta

from leaddesk.policy.desk_views import (
    AgendaRow,
    CheckInRow,
    EntryPreview,
    FixOffer,
    FoundName,
    Header,
    ItemState,
    Labeled,
    PrivateAction,
    PrivateSide,
    RoomChip,
    Screen,
    Signature,
    Stage,
    Upcoming,
    Whereabouts,
    WithheldPart,
    WithheldRow,
)
from leaddesk.policy.views import ActionRow, AskRow, Frame, Mark, Marked, ParticipantSlide, PlaceSlide, Voice
from leaddesk.policy.why import Fix

ZONE = "America/Los_Angeles"
OPENED = datetime(2026, 5, 6, 17, 0, tzinfo=UTC)
NOW = OPENED + timedelta(minutes=37)
SPENT = timedelta(minutes=3, seconds=10)
FRAME = Frame(program="Harbor County LEAD")
TEXT = "Interview moved to 12 May, Angela will confirm"

HEADER = Header(
    meeting="Meeting 14",
    when=date(2026, 5, 6),
    state="open",
    opened_at=OPENED,
    minutes_planned=56,
    screen=Screen.LIVE,
    zone=ZONE,
)
ROOM = RoomChip(present=12, strangers=0, unsigned=(), narrowed_by=("M. Hart",), waits=False)
_ITEMS = (
    ("Last minutes", 3, ItemState.DONE, False, False),
    ("Open actions (25)", 12, ItemState.DONE, False, False),
    ("New referrals (3)", 8, ItemState.DONE, False, False),
    ("Market St & 3rd Ave", 5, ItemState.LIVE, False, False),
    ("P-7K3F", 4, ItemState.NEXT, True, True),
    ("P-Q2M9", 4, ItemState.OPEN, False, False),
    ("Lakeside Park", 5, ItemState.OPEN, False, False),
    ("Decision review", 6, ItemState.OPEN, False, False),
    ("Report-backs due (2)", 3, ItemState.OPEN, False, False),
    ("Operational issues", 5, ItemState.OPEN, False, False),
    ("Next meeting", 1, ItemState.OPEN, False, False),
)
AGENDA = tuple(
    AgendaRow(
        id=f"i{number}",
        number=number,
        title=title,
        minutes=minutes,
        state=state,
        flagged=flagged,
        part_withheld=withheld,
    )
    for number, (title, minutes, state, flagged, withheld) in enumerate(_ITEMS, 1)
)
PLACE = PlaceSlide(
    frame=FRAME,
    rank=2,
    change=Marked(mark=Mark.UP, words="up from 4"),
    neighborhood="Old Town",
    name="Market St & 3rd Ave",
    told=(
        Voice(
            text="Shoppers cross over to avoid the dark bus stop.", source="7 voices, shops and riders", quoted=True
        ),
        Voice(
            text="People are afraid to call 911. They would talk to outreach.",
            source="5 voices, tenants",
            quoted=True,
        ),
    ),
    not_heard_from="riders at night",
    counted=(Voice(text="41 calls in April, 52 in March", source="30 of the 41 came from residents", quoted=False),),
    response="Outreach walk Tuesday and Thursday, 6 to 8 pm. Light repair asked of the city.",
    lead="Sgt. Alvarez",
    review=date(2026, 6, 3),
)
PERSON = ParticipantSlide(
    frame=FRAME,
    name="P-7K3F",
    progress=("In regular contact with the case manager.", "The papers for the next step are nearly complete."),
    asks=(
        AskRow(what="Agree on one date by 15 May", of_whom="Prosecution and defense"),
        AskRow(what="An opening within two weeks?", of_whom="Providers"),
    ),
    actions=(
        ActionRow(
            what="Return the ID card",
            owner="T. Bell, City PD",
            owner_short="Bell",
            due=date(2026, 5, 4),
            state=Marked(mark=Mark.OVERDUE, words="overdue"),
        ),
        ActionRow(
            what="Complete the form",
            owner="J. Okafor, Harbor House",
            owner_short="Okafor",
            due=date(2026, 5, 20),
            state=None,
        ),
        ActionRow(
            what="Tell the court the new date",
            owner="S. Kim, Public Defense",
            owner_short="Kim",
            due=date(2026, 5, 22),
            state=None,
        ),
    ),
)
STAGE = Stage(screen=Screen.LIVE, live=PLACE, live_page=0)
UPCOMING = Upcoming(slide=PERSON, appears="by case code")
WITHHELD = (
    WithheldRow(
        what="Name and progress",
        why="M. Hart (provider) is not involved.",
        fixes=(FixOffer(fix=Fix.TAKE_AFTER, words="Take after item 8", people=("a7",), about="i8"),),
        people=("a7",),
        parts=(
            WithheldPart(kind="name", words="Angela Brooks", room_reads="P-7K3F"),
            WithheldPart(
                kind="update", words="Interview is on 12 May.", room_reads="In regular contact.", record="e1"
            ),
        ),
    ),
    WithheldRow(
        what="Court",
        why="M. Hart, and no release for prosecution.",
        fixes=(FixOffer(fix=Fix.RELEASE, words="Ask for a release", people=("a7",), about="p1"),),
        people=("a7",),
        parts=(),
    ),
    WithheldRow(what="Care", why="Officers and prosecution: not by role.", fixes=(), people=(), parts=()),
)
SIDE = PrivateSide(
    title="Angela Brooks",
    code="P-7K3F",
    flagged_by="T. Bell",
    facts=(
        Labeled(label="Progress", words="Meets weekly. Housing interview is set."),
        Labeled(label="Court", words="Municipal, 14 May. Ask: one date for both."),
        Labeled(label="Case manager", words="J. Okafor, Harbor House"),
    ),
    withheld=WITHHELD,
    actions=(
        PrivateAction(
            id="c1",
            what="Bell: return the ID card",
            due=date(2026, 5, 4),
            state=Marked(mark=Mark.OVERDUE, words="overdue"),
            carried=2,
            room_reads="Return the ID card",
        ),
        PrivateAction(
            id="c2",
            what="Okafor: housing form",
            due=date(2026, 5, 20),
            state=None,
            carried=0,
            room_reads="Complete the form",
        ),
        PrivateAction(
            id="c3",
            what="Kim: tell the court the new date",
            due=date(2026, 5, 22),
            state=None,
            carried=0,
            room_reads="Tell the court the new date",
        ),
    ),
    note="Ask about Thursday mornings.",
)
PREVIEW = EntryPreview(
    about="P-7K3F",
    cls="progress",
    classes=("progress", "coordination", "care", "operations"),
    names=(FoundName(written="Angela", start=27, end=33, participant="p7"),),
    room_reads="",
    owner="",
    due=None,
    problem="",
)


def person(  # noqa: PLR0917 - a table of people reads best without keywords
    number: int,
    name: str,
    agency: str,
    role: str,
    whereabouts: Whereabouts = Whereabouts.EXPECTED,
    signature: Signature = Signature.SIGNED,
    roles: tuple[str, ...] = (),
) -> CheckInRow:
    return CheckInRow(
        id=f"a{number}",
        name=name,
        agency=agency,
        role=role,
        roles=roles or (role,),
        signature=signature,
        whereabouts=whereabouts,
        came="" if whereabouts is Whereabouts.EXPECTED else "10:05",
        gone="10:40" if whereabouts is Whereabouts.LEFT else "",
    )


PEOPLE = (
    person(1, "Nora Lindqvist", "Harbor County LEAD", "project_manager", Whereabouts.ROOM),
    person(2, "Tom Bell", "City PD", "officer", Whereabouts.ROOM, roles=("officer", "sergeant")),
    person(3, "James Okafor", "Harbor House", "case_manager", Whereabouts.PHONE),
    person(4, "Dora Ruiz", "City Attorney", "prosecutor", signature=Signature.MUST_SIGN),
    person(5, "Soo-jin Kim", "Public Defense", "defender", Whereabouts.STEPPED_OUT),
    person(6, "Łucja Éluard", "Old Town Tenants", "community", signature=Signature.EXPIRED),
    person(7, "Mary Hart", "Bay Clinic", "provider", Whereabouts.OUT_OF_VIEW, Signature.DECLINED),
    person(8, "Martin Haddad", "City PD", "sergeant"),
    person(9, "Ana María Alvarez", "City PD", "sergeant", roles=("sergeant", "officer")),
)
