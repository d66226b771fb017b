"""A disk as a crash may have left it: what a program wrote, recorded, and put together again up to any moment."""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from random import Random

import pytest

from tests.promises.row import NOT_HERE

_SOURCE = Path(__file__).with_name("recorded_writes.c")
_COMPILER = "gcc"
_STEP = struct.Struct("qqqq")
_SECTOR = 512


class Kind(Enum):
    """What a step did, as `recorded_writes.c` calls it."""

    SAID = "a"
    CREATED = "c"
    WRITTEN = "w"
    CUT = "t"
    SYNCED = "s"
    LISTED = "l"
    RENAMED = "r"
    REMOVED = "u"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a program did to its files, or a line that it said."""

    kind: Kind
    inode: int
    offset: int
    data: bytes


def can_record() -> bool:
    """Whether steps can be recorded on this machine."""
    return sys.platform == "linux" and shutil.which(_COMPILER) is not None


class Recorder:
    """Records what programs do below a folder; see `recorded_writes.c`.

    Args:
        workshop: an empty folder to build and to keep records in.
    """

    def __init__(self, workshop: Path) -> None:
        if not can_record():
            pytest.skip(f"{NOT_HERE}: this needs Linux and gcc")
        self._library = workshop / "recorded_writes.so"
        self.log = workshop / "record"
        built = [_COMPILER, "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror"]
        subprocess.run([*built, "-o", str(self._library), str(_SOURCE), "-ldl"], check=True)

    def watching(self, folder: Path, **more: int) -> dict[str, str]:
        """The environment in which a program's steps below a folder are recorded, from the beginning again.

        Args:
            folder: the folder, resolved.
            **more: ``dies_at`` and ``room_left``, as `recorded_writes.c` knows them.
        """
        self.log.unlink(missing_ok=True)
        told = {"LD_PRELOAD": self._library, "RECORDED_FOLDER": folder, "RECORDED_LOG": self.log}
        return os.environ | {name.upper(): str(value) for name, value in (told | more).items()}

    def steps(self) -> list[Step]:
        """What was recorded."""
        return list(_parsed(self.log.read_bytes()))


def _parsed(record: bytes) -> Iterator[Step]:
    at = 0
    while at < len(record):
        kind, inode, offset, length = _STEP.unpack_from(record, at)
        at += _STEP.size
        yield Step(Kind(chr(kind)), inode, offset, record[at : at + length])
        at += length


@dataclass(slots=True)
class _File:
    """A file: what is on the disk for good, and the steps since, which may be lost."""

    safe: bytearray
    since: list[Step] = field(default_factory=list)

    def sync(self) -> None:
        for step in self.since:
            _apply(self.safe, step)
        self.since.clear()

    def whole(self) -> bytes:
        content = bytearray(self.safe)
        for step in self.since:
            _apply(content, step)
        return bytes(content)

    def torn(self, random: Random) -> bytes:
        """The file after a power cut: of the steps since it was synced, each is there, lost, or there in part."""
        content = bytearray(self.safe)
        for step in self.since:
            fate = random.random()
            if fate < 0.5:
                _apply(content, step)
            elif fate < 0.75 and step.kind is Kind.WRITTEN:
                for piece in range(0, len(step.data), _SECTOR):
                    if random.random() < 0.5:
                        data = step.data[piece : piece + _SECTOR]
                        _apply(content, Step(Kind.WRITTEN, step.inode, step.offset + piece, data))
        return bytes(content)


def _apply(content: bytearray, step: Step) -> None:
    end = step.offset + len(step.data)
    if step.kind is Kind.CUT:
        del content[step.offset :]
    content.extend(bytes(max(0, end - len(content))))
    content[step.offset : end] = step.data


#: Names of files, relative to the folder.
_Names = dict[str, _File]


@dataclass(frozen=True, slots=True)
class _Naming:
    """A change of names: one that is gone, or a file that has a name now, or both. It is safe with its folder."""

    folder: str
    gone: str = ""
    file: _File | None = None
    name: str = ""

    def apply(self, names: _Names) -> None:
        names.pop(self.gone, None)
        if self.file is not None:
            names[self.name] = self.file


class Disk:
    """The files below a folder, beginning as they are now, then changed by recorded steps.

    Names are safe once their folder has been synced, and the bytes of a file once the file has been.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[int, _File] = {}
        self._names: _Names = {}
        for path in folder.rglob("*"):
            if path.is_file() and not path.name.endswith("-shm"):
                file = _File(bytearray(path.read_bytes()))
                self._files[path.stat().st_ino] = self._names[str(path.relative_to(folder))] = file
        self._safe_names = dict(self._names)
        self._since: list[_Naming] = []

    def take(self, step: Step) -> None:
        """Changes the disk as a step did."""
        match step.kind:
            case Kind.SAID:
                pass
            case Kind.WRITTEN | Kind.CUT:
                self._files[step.inode].since.append(step)
            case Kind.SYNCED:
                self._files[step.inode].sync()
            case Kind.LISTED:
                self._list(self._relative(step.data))
            case Kind.CREATED | Kind.RENAMED | Kind.REMOVED:
                naming = self._naming(step)
                naming.apply(self._names)
                self._since.append(naming)

    def after_kill(self, target: Path) -> None:
        """Writes the files to a new folder as a killed program leaves them: every step was taken."""
        _write(target, {name: file.whole() for name, file in self._names.items()})

    def after_power_cut(self, target: Path, random: Random) -> None:
        """Writes the files to a new folder as a power cut may leave them: what was not synced may be lost."""
        names = dict(self._safe_names)
        for naming in self._since:
            if random.random() < 0.5:
                naming.apply(names)
        _write(target, {name: file.torn(random) for name, file in names.items()})

    def _list(self, folder: str) -> None:
        for naming in self._since:
            if naming.folder == folder:
                naming.apply(self._safe_names)
        self._since = [naming for naming in self._since if naming.folder != folder]

    def _naming(self, step: Step) -> _Naming:
        first, *second = (self._relative(path) for path in step.data.split(b"\n"))
        if step.kind is Kind.CREATED:
            self._files[step.inode] = _File(bytearray())
            return _Naming(_folder(first), file=self._files[step.inode], name=first)
        if step.kind is Kind.RENAMED:
            return _Naming(_folder(second[0]), gone=first, file=self._names[first], name=second[0])
        return _Naming(_folder(first), gone=first)

    def _relative(self, path: bytes) -> str:
        return os.path.relpath(os.fsdecode(path), self._folder)


def _folder(name: str) -> str:
    return str(Path(name).parent)


def _write(target: Path, files: dict[str, bytes]) -> None:
    target.mkdir(mode=0o700)
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
