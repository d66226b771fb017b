"""Making a new desk and opening one: vault, schema, and the first rows."""

import hashlib
import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from leaddesk.assets import everyday_words, resource
from leaddesk.models import Agency, AgreementTemplate, Attendee, AttendeeRole, RoleTableVersion, Site, User
from leaddesk.models.ids import policy_id
from leaddesk.models.schema import migrate
from leaddesk.models.words import AgreementTerm, AppRole
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import DEFAULT_ROLE_TABLE, Role
from leaddesk.services.desk import Clock, Desk, SignedIn, signed_in, transaction
from leaddesk.services.disclosures import end_what_was_left
from leaddesk.services.drafts import NewDesk
from leaddesk.services.migrating import bring_up_to_date
from leaddesk.services.paper_keys import FreshPaperKey
from leaddesk.services.passphrases import refuse_weak
from leaddesk.services.users import known_words, oldest_chair
from leaddesk.services.verifying import refuse_unusable
from leaddesk.vault.errors import WrongPassphrase
from leaddesk.vault.files import DeskFiles, refuse_occupied, refuse_unsafe_place, remove
from leaddesk.vault.keys import DEFAULT, KdfSettings, SlotKind
from leaddesk.vault.opening import create_desk, open_desk
from leaddesk.vault.recovery import read_paper_key
from leaddesk.vault.tries import Tries

LANGUAGES = ("en", "es")

#: Who the ledger says it was, when somebody came with the paper key.
PAPER_KEY = "paper_key"


def refuse_place(folder: Path) -> None:
    """Returns if a new desk can be made there, before anybody takes the trouble of a paper key.

    Raises:
        KnownError: as `leaddesk.vault.opening.create_desk`.
    """
    files = DeskFiles(folder.resolve())
    refuse_unsafe_place(files.folder)
    refuse_occupied(files)


def new_desk(
    folder: Path,
    new: NewDesk,
    passphrase: str,
    *,
    clock: Clock,
    paper_key: FreshPaperKey | None = None,
    kdf: KdfSettings = DEFAULT,
) -> Desk:
    """A new desk in an empty or missing folder, its maker signed in as chair, with nothing signed yet.

    Args:
        folder: where it is to be.
        new: the program's words, and who makes it.
        passphrase: the chair's.
        clock: what the time is, aware.
        paper_key: read back from its sheet, with the number that the desk gets; the sample desk has none.
        kdf: how much work each try of a passphrase takes.

    Raises:
        KnownError: the passphrase is weak, or as `leaddesk.vault.opening.create_desk`; nothing is left behind.
    """
    refuse_weak(passphrase, (new.given_name, new.family_name, new.program, new.program_word, new.group))
    secret, number = (paper_key.secret, paper_key.desk) if paper_key else (None, None)
    was_there = folder.exists()
    opened = create_desk(folder, passphrase, paper_key=secret, number=number, kdf=kdf)
    try:
        with opened.migrating() as engine:
            migrate(engine)
        with transaction(opened, clock, lambda rows: _first_rows(rows, new, clock())) as unit:
            user = unit.user
            unit.note("desk_made", {"attendee": user.id})
    except BaseException:
        opened.lock(anchoring=False)
        _remove_unfinished(opened.folder, with_folder=not was_there)
        raise
    return Desk(opened, user, clock, everyday_words())


def _remove_unfinished(folder: Path, *, with_folder: bool) -> None:
    """Removes the files of a desk that nothing was filed on."""
    remove(DeskFiles(folder).all)
    if with_folder:
        with suppress(OSError):  # a system may keep a file of its own in it
            folder.rmdir()


def sign_in(
    folder: Path, passphrase: str, *, clock: Clock, slot: int | None = None, tries: Tries | None = None
) -> Desk:
    """The desk in a folder, opened by any user's passphrase, with that user signed in.

    Args:
        folder: the desk's folder.
        passphrase: as typed.
        clock: what the time is, aware.
        slot: the number of the one slot to try; all, if it is not given.
        tries: counts the wrong passphrases that were typed in this program.

    Raises:
        KnownError: as `leaddesk.vault.opening.open_desk`, too many wrong passphrases in a row, the desk was never
            finished, or the slot belongs to nobody now; nothing was changed.
    """
    tries = tries or Tries()
    tries.check()
    try:
        opened = open_desk(folder, passphrase, slot=slot, check_schema=refuse_unusable)
    except WrongPassphrase:
        tries.was_wrong()
        raise
    wrong = tries.wrong
    tries.was_right()
    try:
        bring_up_to_date(opened, clock)
        with transaction(opened, clock, lambda rows: signed_in(rows, opened.slot)) as unit:
            user = unit.user
            end_what_was_left(unit)
            unit.note("signed_in", {"attendee": user.id}, slot=opened.slot, wrong_before=wrong)
    except BaseException:
        opened.lock()
        raise
    return Desk(opened, user, clock, everyday_words())


def recover(folder: Path, paper_key: str, passphrase: str, *, clock: Clock, kdf: KdfSettings = DEFAULT) -> None:
    """Gives the chair's slot a new passphrase by the paper key, which opens nothing else; the ledger says so.

    Raises:
        KnownError: the paper key is mistyped or not this desk's, the passphrase is weak, or the desk can't be
            opened; nothing was changed.
    """
    secret = read_paper_key(paper_key)
    with open_desk(folder, secret, kind=SlotKind.RECOVERY, check_schema=refuse_unusable) as opened:
        bring_up_to_date(opened, clock)
        with Session(opened.engine, expire_on_commit=False) as rows, rows.begin():
            chair = oldest_chair(rows)
            words = known_words(rows, chair.attendee_id)
        refuse_weak(passphrase, words)
        slot = opened.new_slot(chair.slot, passphrase, kdf=kdf)
        try:
            with opened.engine.begin() as connection:
                opened.ledger.append(
                    connection,
                    at=opened.ledger.now(connection, clock()),
                    actor=PAPER_KEY,
                    action="passphrase_set",
                    objects={"attendee": policy_id(Kind.ATTENDEE, chair.attendee_id)},
                    payload={"slot": chair.slot},
                )
                opened.stage(connection, slot)
        finally:
            opened.settle()


def _first_rows(rows: Session, new: NewDesk, at: datetime) -> SignedIn:
    rows.add(Site(program=new.program, program_word=new.program_word, group=new.group, zone=new.zone))
    agency = Agency(name=new.agency, kind="program")
    rows.add(agency)
    rows.flush()
    chair = Attendee(given_name=new.given_name, family_name=new.family_name, agency_id=agency.id)
    rows.add(chair)
    rows.flush()
    rows.add(AttendeeRole(attendee_id=chair.id, position=0, role=Role.PROJECT_MANAGER))
    user = User(attendee_id=chair.id, slot=1, app_role=AppRole.CHAIR)
    rows.add(user)
    cells = {
        role.value: {cls.value: cell.value for cls, cell in row.items()} for role, row in DEFAULT_ROLE_TABLE.items()
    }
    rows.add(RoleTableVersion(version=1, cells=cells, reason="the table a new desk starts with", at=at))
    rows.add_all(template(language, at) for language in LANGUAGES)
    rows.flush()
    return SignedIn(user.id, chair.id, user.app_role)


def template(language: str, at: datetime) -> AgreementTemplate:
    """The shipped agreement in a language, as a version that a desk accepts from now on."""
    shipped = json.loads(resource(f"agreements/{language}.json").read_text(encoding="utf-8"))
    clauses = tuple((clause["heading"], clause["body"]) for clause in shipped["clauses"])
    text = json.dumps([shipped["title"], clauses, shipped["closing"]], ensure_ascii=False, separators=(",", ":"))
    return AgreementTemplate(
        language=language,
        version=shipped["version"],
        title=shipped["title"],
        clauses=clauses,
        closing=shipped["closing"],
        term=AgreementTerm.MONTHS,
        months=12,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        created_at=at,
    )
