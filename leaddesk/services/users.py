"""Users of the desk: who may unlock it, with what passphrase, and the paper key.

The verbs take the desk and not a transaction: working out a key takes its time, and that time is nobody else's.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leaddesk.errors import KnownError
from leaddesk.models import Attendee, Site, User
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import AppRole
from leaddesk.policy.disclosure import Audience, Disclosure, Sight
from leaddesk.policy.records import Kind
from leaddesk.policy.standing import Standing
from leaddesk.policy.users import DeskUser, UsersView, users_view
from leaddesk.services import records
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.facts import guard_of, load_facts
from leaddesk.services.meetings import refuse_new_key
from leaddesk.services.paper_keys import FreshPaperKey
from leaddesk.services.passphrases import refuse_weak
from leaddesk.vault.copying import Progress
from leaddesk.vault.desk import PAPER_SLOT
from leaddesk.vault.header import MOST_USER_SLOTS
from leaddesk.vault.keys import DEFAULT, KdfSettings, Slot


class LastChair(KnownError):
    """What was asked would leave the desk without a chair."""

    def __init__(self) -> None:
        super().__init__(
            "The desk would be left without a chair.",
            kept="Nothing was changed.",
            todo="Make somebody else a chair first.",
        )


def add_user(desk: Desk, attendee: str, app_role: str, passphrase: str, *, kdf: KdfSettings = DEFAULT) -> None:
    """Lets an attendee unlock the desk with a passphrase of their own, which they typed themselves.

    Raises:
        KnownError: this is for the chair; they are a user already or gone; there are 8; the passphrase is weak.
    """
    number = desk.do(_number_for, attendee)
    refuse_weak(passphrase, desk.do(words_about, attendee))
    slot = desk.new_slot(number, passphrase, kdf=kdf)
    desk.do(_add, attendee, AppRole(app_role), slot)


def change_role(unit: Unit, attendee: str, app_role: str) -> None:
    """Gives a user another app role, from the next time they unlock the desk.

    Raises:
        KnownError: this is for the chair; they are no user; the desk would be left without a chair.
    """
    unit.chair_only("Changing what a user may do")
    user = _user(unit, attendee)
    role = AppRole(app_role)
    if role is not AppRole.CHAIR:
        _refuse_last_chair(unit, user)
    user.app_role = role
    unit.note("user_role_changed", {"attendee": attendee}, app_role=role.value)


def remove_user(desk: Desk, attendee: str, *, progress: Progress | None = None) -> None:
    """Shuts a user out for good: their slot goes and the desk gets a new data key.

    Everybody else keeps their passphrase, and the paper key still opens.

    Raises:
        KnownError: this is for the chair, and not for oneself; they are no user; the desk would be left without a
            chair; a meeting is open; the disk refused. Nothing was changed.
    """
    slot = desk.do(_removable, attendee)
    desk.rotate(lambda unit: _remove(unit, attendee), without=[slot], progress=progress)


def change_passphrase(desk: Desk, old: str, new: str, *, kdf: KdfSettings = DEFAULT) -> None:
    """Gives the signed-in user another passphrase.

    Raises:
        KnownError: the old one is wrong, or the new one weak or the same.
    """
    if new == old:
        raise KnownError("The new passphrase is the old one.", kept="Nothing was changed.")
    refuse_weak(new, desk.do(words_about, desk.user.id))
    slot = desk.rewrapped(old, new, kdf=kdf)
    desk.do(_keep, slot)


def replace_paper_key(
    desk: Desk, paper_key: FreshPaperKey, *, progress: Progress | None = None, kdf: KdfSettings = DEFAULT
) -> None:
    """Makes this the paper key, and the one before opens nothing any more.

    A desk that had one gets a new data key, since an old copy of the key file still opens to the old sheet.

    Args:
        desk: the open desk.
        paper_key: read back from its sheet.
        progress: told of pages done.
        kdf: how much work each try takes.

    Raises:
        KnownError: this is for the chair, a meeting is open, or the disk refused.
    """
    desk.do(Unit.chair_only, "Making a paper key")
    if desk.has_paper_key:
        desk.do(refuse_new_key)
        desk.rotate(
            _note_paper_key,
            without=[PAPER_SLOT],
            with_secret=(PAPER_SLOT, paper_key.secret),
            progress=progress,
            kdf=kdf,
        )
    else:
        slot = desk.new_slot(PAPER_SLOT, paper_key.secret, kdf=kdf)
        desk.do(_put_paper_key, slot)


def oldest_chair(rows: Session) -> User:
    """The user whose slot the paper key gives a new passphrase: the chair, of several the one with the lowest number.

    Raises:
        KnownError: the desk has no chair.
    """
    chairs = select(User).where(User.active, User.app_role == AppRole.CHAIR).order_by(User.slot)
    chair = rows.execute(chairs).scalars().first()
    if chair is None:
        raise KnownError("This desk has no chair.", kept="Nothing was changed.")
    return chair


def known_words(rows: Session, attendee: int) -> tuple[str, ...]:
    """What anybody who knows the user would try first: their names and the program's."""
    person = rows.get_one(Attendee, attendee)
    site = rows.execute(select(Site)).scalar_one()
    return (person.given_name, person.family_name, site.program, site.program_word, site.group)


def words_about(unit: Unit, attendee: str) -> tuple[str, ...]:
    """What anybody who knows an attendee would try first, for judging their passphrase."""
    return known_words(unit.rows, unit.found(Attendee, Kind.ATTENDEE, attendee).id)


def _number_for(unit: Unit, attendee: str) -> int:
    """The number of a new user's slot; no number comes twice, so that an old entry of the ledger means one person."""
    unit.chair_only("Adding a user")
    person = unit.found(Attendee, Kind.ATTENDEE, attendee)
    if not person.active:
        raise KnownError("They do not attend any more.", kept="Nothing was changed.")
    users = unit.rows.execute(select(User)).scalars().all()
    if any(user.attendee_id == person.id and user.active for user in users):
        raise KnownError("They are a user already.", kept="Nothing was changed.")
    if sum(user.active for user in users) >= MOST_USER_SLOTS:
        raise KnownError(
            f"A desk has at most {MOST_USER_SLOTS} users.",
            kept="Nothing was changed.",
            todo="Remove one who does not use it any more.",
        )
    return max((user.slot for user in users), default=0) + 1


def _add(unit: Unit, attendee: str, app_role: AppRole, slot: Slot) -> None:
    if slot.number != _number_for(unit, attendee):
        raise KnownError("Somebody else was made a user meanwhile.", kept="Nothing was changed.", todo="Try again.")
    number = row_id(Kind.ATTENDEE, attendee)
    user = unit.rows.execute(select(User).where(User.attendee_id == number)).scalar_one_or_none()
    if user is None:
        unit.rows.add(User(attendee_id=number, slot=slot.number, app_role=app_role))
    else:
        user.slot, user.app_role, user.active = slot.number, app_role, True
    unit.note("user_added", {"attendee": attendee}, app_role=app_role.value, slot=slot.number)
    unit.put_slot(slot)


def _removable(unit: Unit, attendee: str) -> int:
    unit.chair_only("Removing a user")
    if attendee == unit.user.id:
        raise KnownError(
            "Nobody can remove themselves.", kept="Nothing was changed.", todo="Ask another chair to do it."
        )
    user = _user(unit, attendee)
    _refuse_last_chair(unit, user)
    refuse_new_key(unit)
    return user.slot


def _remove(unit: Unit, attendee: str) -> None:
    user = _user(unit, attendee)
    user.active = False
    unit.note("user_removed", {"attendee": attendee}, slot=user.slot)


def _keep(unit: Unit, slot: Slot) -> None:
    unit.note("passphrase_changed", {"attendee": unit.user.id}, slot=slot.number)
    unit.put_slot(slot)


def _put_paper_key(unit: Unit, slot: Slot) -> None:
    _note_paper_key(unit)
    unit.put_slot(slot)


def _note_paper_key(unit: Unit) -> None:
    unit.note("paper_key_made")


def _user(unit: Unit, attendee: str) -> User:
    number = row_id(Kind.ATTENDEE, attendee)
    user = unit.rows.execute(select(User).where(User.attendee_id == number, User.active)).scalar_one_or_none()
    if user is None:
        raise KnownError("They are no user of the desk.", kept="Nothing was changed.")
    return user


def _refuse_last_chair(unit: Unit, user: User) -> None:
    chairs = select(func.count()).select_from(User).where(User.active, User.app_role == AppRole.CHAIR)
    if user.app_role is AppRole.CHAIR and unit.rows.execute(chairs).scalar_one() == 1:
        raise LastChair


def list_users(unit: Unit, everyday: frozenset[str], *, has_paper_key: bool) -> UsersView:
    """Who may unlock the desk and who could, everybody named as the signed-in user may have them."""
    facts = load_facts(unit.rows, unit.at)
    sight = Sight(Standing(facts, unit.at), Audience(frozenset(), signed_in=unit.user.id))
    users = unit.rows.execute(select(User).where(User.active)).scalars()
    return users_view(
        (DeskUser(attendee=_id(user), app_role=user.app_role.value, slot=user.slot) for user in users),
        {record.id: record for record in records.attendees(unit.rows)},
        Disclosure(guard_of(unit.rows, facts, everyday), sight),
        me=unit.user.id,
        has_paper_key=has_paper_key,
    )


def _id(user: User) -> str:
    return policy_id(Kind.ATTENDEE, user.attendee_id)
