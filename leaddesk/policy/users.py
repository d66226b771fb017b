"""Who may unlock the desk, as the signed-in user may have them: frozen rows for the screen and the command line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leaddesk.policy.desk_views import Found
from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.records import Record

#: Stands where the user may not have a name.
SOMEBODY = "Somebody"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskUser:
    """A user, before it is decided how they are named.

    Attributes:
        attendee: the id of the attendee they are.
        app_role: ``chair`` or ``scribe``.
        slot: the number of their slot in the key file.
    """

    attendee: str
    app_role: str
    slot: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRow:
    """A user as the signed-in user may have them."""

    id: str
    name: str
    agency: str
    app_role: str
    slot: int
    me: bool

    @property
    def found(self) -> Found:
        """The row in two lines."""
        detail = (self.app_role.capitalize(), self.agency, f"slot {self.slot}")
        return Found(
            kind="user",
            id=self.id,
            title=f"{self.name} (you)" if self.me else self.name,
            detail=" · ".join(part for part in detail if part),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UsersView:
    """The users by their slots, and who could become one.

    Attributes:
        rows: who may unlock the desk; known to every user, so that all see who else can.
        candidates: who attends and is no user; nothing for a scribe.
        manages: whether the signed-in user may add, change and remove users.
        has_paper_key: whether a paper key can give the chair's slot a new passphrase.
    """

    rows: tuple[UserRow, ...]
    candidates: tuple[Found, ...]
    manages: bool
    has_paper_key: bool


def users_view(
    users: Iterable[DeskUser],
    attendees: Mapping[str, Record],
    mine: Disclosure,
    *,
    me: str,
    has_paper_key: bool,
) -> UsersView:
    """The users screen of the signed-in user ``me``, everybody named by that user's right alone."""
    listed = sorted(users, key=lambda user: user.slot)
    rows = []
    for user in listed:
        name, agency = _named(attendees[user.attendee], mine)
        rows.append(
            UserRow(
                id=user.attendee,
                name=name,
                agency=agency,
                app_role=user.app_role,
                slot=user.slot,
                me=user.attendee == me,
            )
        )
    manages = any(row.me and row.app_role == "chair" for row in rows)
    taken = {user.attendee for user in listed}
    candidates = _candidates((one for one in attendees.values() if one.id not in taken), mine) if manages else ()
    return UsersView(rows=tuple(rows), candidates=candidates, manages=manages, has_paper_key=has_paper_key)


def _candidates(attendees: Iterable[Record], mine: Disclosure) -> tuple[Found, ...]:
    found = []
    for attendee in attendees:
        name, agency = _named(attendee, mine)
        if name != SOMEBODY and mine.see(attendee).value("active") is not False:
            found.append(Found(kind=attendee.kind.value, id=attendee.id, title=name, detail=agency))
    return tuple(sorted(found, key=lambda one: one.title.casefold()))


def _named(attendee: Record, mine: Disclosure) -> tuple[str, str]:
    seen = mine.see(attendee)
    name = f"{seen.text('given_name')} {seen.text('family_name')}".strip()
    return name or SOMEBODY, seen.text("agency") or seen.text("neighborhood")
