"""Making a desk and opening one: in which order, and which of two key files holds after a crash."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection

from leaddesk import platforms
from leaddesk.vault import files as disk
from leaddesk.vault import header as key_file
from leaddesk.vault.backup import remove_leftovers
from leaddesk.vault.changing import asking_the_disk
from leaddesk.vault.connection import create_database, make_engine
from leaddesk.vault.desk import PAPER_SLOT, Held, OpenDesk
from leaddesk.vault.errors import DamagedDesk, HeaderMismatch, WrongPaperKey, WrongPassphrase
from leaddesk.vault.files import DeskFiles
from leaddesk.vault.header import Header
from leaddesk.vault.keys import DEFAULT, DataKey, KdfSettings, SlotKind, make_slot, open_slot
from leaddesk.vault.ledger import SCHEMA as LEDGER_SCHEMA
from leaddesk.vault.ledger import Ledger
from leaddesk.vault.state import SCHEMA as STATE_SCHEMA
from leaddesk.vault.state import State, first_state, ledger_key

#: Asked before anything else happens in the database; it may refuse with `NewerDesk`.
CheckSchema: TypeAlias = Callable[[Connection], None]


def create_desk(
    folder: Path,
    passphrase: str,
    *,
    paper_key: str | None = None,
    number: str | None = None,
    kdf: KdfSettings = DEFAULT,
) -> OpenDesk:
    """A new desk in an empty or missing folder, open, with slot 1 for this passphrase.

    Args:
        folder: where it is to be.
        passphrase: of its first user.
        paper_key: from `leaddesk.vault.recovery.new_paper_key`, read back already.
        number: the desk's random number, 32 hex digits, where it stands on the paper key's sheet already.
        kdf: how much work each try of a passphrase takes.

    Raises:
        DeskExists: the folder holds a desk or parts of one.
        UnsafeFolder: it holds other things, is synchronized, or is on a network disk.
        AlreadyOpen: another program is making a desk there.
    """
    platforms.harden_process()
    files = DeskFiles(folder.resolve())
    disk.refuse_unsafe_place(files.folder)
    disk.refuse_occupied(files)
    files.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = disk.hold_folder(files.folder)
    try:
        disk.refuse_occupied(files)  # again, now that nobody else can be making one here
        wanted = [(1, SlotKind.USER, passphrase)]
        if paper_key is not None:
            wanted.insert(0, (PAPER_SLOT, SlotKind.RECOVERY, paper_key))
        key, header = _make_files(files, number or secrets.token_hex(16), wanted, kdf)
        return _open(Held(files, header, key, slot=1, folder=held))
    except BaseException:
        platforms.release_folder(held)
        raise


def _make_files(
    files: DeskFiles, desk: str, wanted: list[tuple[int, SlotKind, str]], kdf: KdfSettings
) -> tuple[DataKey, Header]:
    key = DataKey.fresh()
    slots = tuple(
        make_slot(key, secret, desk=desk, number=number, kind=kind, kdf=kdf) for number, kind, secret in wanted
    )
    header = Header(desk=desk, generation=1, slots=slots).signed(key)
    schema = [(statement, ()) for statement in (STATE_SCHEMA, *LEDGER_SCHEMA)]
    try:
        disk.create_empty(files.database)
        create_database(files.database, key, [*schema, first_state(header)])
        key_file.write_next(files, header)
        key_file.promote(files)  # last: a folder with a key file holds a whole desk
        disk.make_private(files)
    except BaseException:
        disk.remove(files.all)
        raise
    return key, header


def open_desk(
    folder: Path,
    secret: str,
    *,
    kind: SlotKind = SlotKind.USER,
    slot: int | None = None,
    check_schema: CheckSchema | None = None,
) -> OpenDesk:
    """The desk in a folder, opened by a user's passphrase or by the paper key.

    The database is not touched before the secret has opened a slot and the key file has proved to be genuine.

    Args:
        folder: the desk's folder.
        secret: a passphrase as typed, or a paper key as `leaddesk.vault.recovery.read_paper_key` gives it.
        kind: whether users' slots are tried or the paper key's.
        slot: the number of the one slot to try; all, if it is not given.
        check_schema: may refuse a database that is too new.

    Raises:
        NoDesk: the folder holds none.
        UnsafeFolder: it is synchronized or on a network disk.
        AlreadyOpen: another window or program has it open.
        WrongPassphrase: no slot opens; `WrongPaperKey` where a paper key was given.
        DamagedDesk: key file or database is damaged.
        HeaderMismatch: one of them is older than the other.
        NewerDesk: a later LeadDesk wrote one of them.
        DiskRefused: the system would not let the database be opened.
    """
    platforms.harden_process()
    files = DeskFiles(folder.resolve())
    disk.refuse_unsafe_place(files.folder)
    with asking_the_disk():
        held = disk.hold(files)
        try:
            desk, header = _open_either(files, lambda header: _unlock(header, secret, kind, slot), held, check_schema)
        except BaseException:
            platforms.release_folder(held)
            raise
        try:
            _tidy(files, header)
        except BaseException:
            desk.lock(anchoring=False)
            raise
    return desk


Unlock: TypeAlias = Callable[[Header], tuple[int, DataKey]]


def _open_either(
    files: DeskFiles, unlock: Unlock, held: int, check_schema: CheckSchema | None
) -> tuple[OpenDesk, Header]:
    """The desk by the key file that the database remembers: the one in place or, after a crash, the next."""
    headers = [key_file.load(files)]
    if waiting := key_file.load_next(files):
        headers.append(waiting)
    errors: list[WrongPassphrase | DamagedDesk | HeaderMismatch] = []
    for header in headers:
        try:
            number, key = unlock(header)
            header.check(key)
            return _open(Held(files, header, key, number, held), check_schema), header
        except (WrongPassphrase, DamagedDesk, HeaderMismatch) as error:
            errors.append(error)
    # a passphrase that opens only the key file that does not hold is not the desk's
    raise next((error for error in errors if isinstance(error, WrongPassphrase)), errors[0])


def _unlock(header: Header, secret: str, kind: SlotKind, number: int | None) -> tuple[int, DataKey]:
    for slot in header.slots:
        wanted = slot.kind is kind and number in (None, slot.number)
        if wanted and (key := open_slot(slot, secret, desk=header.desk)):
            return slot.number, key
    raise WrongPaperKey if kind is SlotKind.RECOVERY else WrongPassphrase


def _open(held: Held, check_schema: CheckSchema | None = None) -> OpenDesk:
    """The desk, if key file and database belong together; the folder stays held if they do not."""
    engine = make_engine(held.files.database, held.key)
    try:
        with engine.begin() as connection:
            ledger = Ledger(ledger_key(connection))
            _compare(connection, held.header, ledger)
            if check_schema:
                check_schema(connection)
    except BaseException:
        engine.dispose()
        raise
    return OpenDesk(held, engine, ledger)


def _compare(connection: Connection, header: Header, ledger: Ledger) -> None:
    """Return if the database belongs to this key file and its ledger holds the entry that the key file anchors."""
    remembered = State.read(connection)
    if not remembered.is_of(header):
        raise HeaderMismatch("header" if remembered.generation >= header.generation else "database")
    if header.anchor and not ledger.holds(connection, header.anchor):
        raise HeaderMismatch("database")


def _tidy(files: DeskFiles, header: Header) -> None:
    """Finish or drop what a crash left, now that it is known which key file holds."""
    if key_file.load_next(files) == header:
        key_file.promote(files)
    disk.remove(files.leftovers)
    remove_leftovers(files.backups, header.desk)
    key_file.copy_to_previous(files)
    disk.make_private(files)
