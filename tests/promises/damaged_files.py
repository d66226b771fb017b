"""Lists that something has damaged, of every kind that a spreadsheet on its way to a desk may suffer."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from leaddesk.imports.reading import Kind

DATA = Path(__file__).parents[1] / "data"
CSV = (DATA / "attendees.csv").read_bytes()
XLSX = (DATA / "roster.xlsx").read_bytes()

_SHEET = "xl/worksheets/sheet1.xml"
_BOMB = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'

Damage = Callable[[bytes, Random], bytes]


@dataclass(frozen=True, slots=True)
class DamagedFile:
    """A file's name, whose list it is, and its bytes."""

    name: str
    of: Kind
    data: bytes


def flipped(data: bytes, random: Random) -> bytes:
    """Some bytes changed."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 20)):
        changed[random.randrange(len(changed))] ^= random.randint(1, 255)
    return bytes(changed)


def cut_off(data: bytes, random: Random) -> bytes:
    """The beginning alone, as a broken copy leaves it."""
    return data[: random.randrange(len(data))]


def cut_out(data: bytes, random: Random) -> bytes:
    """A piece missing."""
    start = random.randrange(len(data))
    return data[:start] + data[start + random.randint(1, 400) :]


def overwritten(data: bytes, random: Random) -> bytes:
    """A piece of something else in the middle, as a broken disk leaves it."""
    start, piece = random.randrange(len(data)), random.randbytes(random.choice([1, 16, 512]))
    return data[:start] + random.choice([piece, bytes(len(piece))]) + data[start + len(piece) :]


def wrongly_encoded(data: bytes, random: Random) -> bytes:
    """Text in an encoding that nobody expects, or in two at once."""
    text = data.decode("utf-8", "replace")
    other = text.encode(random.choice(["utf-16-le", "utf-16-be", "utf-32", "cp500", "cp037", "utf-7"]), "replace")
    return random.choice([other, data[:200] + other, b"\xff\xfe" + data, b"\xef\xbb\xbf" + other])


def badly_quoted(data: bytes, random: Random) -> bytes:
    """Text with quotes, separators, line ends or zero bytes where none belong."""
    for _ in range(random.randint(1, 12)):
        at = random.randrange(len(data))
        data = data[:at] + random.choice([b'"', b"\0", b"\r", b"\n", b",", b";", b"\t", b'"",']) + data[at:]
    return data


def with_another_part(data: bytes, random: Random) -> bytes:
    """A workbook whose container is sound, and one of its parts is not."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = random.choice([*parts, _SHEET, _SHEET])
    damage = random.choice([flipped, cut_off, cut_out, overwritten, _swollen, _exploding, _left_out])
    parts[name] = damage(parts[name], random)
    return _packed({part: content for part, content in parts.items() if content or random.random() < 0.5})


def _left_out(_data: bytes, _random: Random) -> bytes:
    return b""


def _swollen(data: bytes, random: Random) -> bytes:
    """A part that unpacks to far more than it seems."""
    start = random.randrange(len(data))
    return data[:start] + b" " * random.choice([10**5, 60 * 2**20]) + data[start:]


def _exploding(data: bytes, random: Random) -> bytes:
    """A part whose entities refer to each other."""
    head, _, rest = data.partition(b"?>")
    return head + b"?>" + _BOMB + rest.replace(b"<v>", b"<v>&c;", random.randint(0, 3))


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return packed.getvalue()


_ANY: tuple[Damage, ...] = (flipped, cut_off, cut_out, overwritten)
_TEXT: tuple[Damage, ...] = (*_ANY, wrongly_encoded, badly_quoted)
_BOOK: tuple[Damage, ...] = (*_ANY, with_another_part, with_another_part)

_LISTS = ((Kind.ATTENDEES, CSV, _TEXT, "csv"), (Kind.PARTICIPANTS, XLSX, _BOOK, "xlsx"))


def damaged_files(random: Random, count: int) -> Iterator[DamagedFile]:
    """Damaged lists, text and workbooks by turns; some bear the other's name."""
    for number in range(count):
        kind, data, damages, ending = _LISTS[number % 2]
        ending = random.choice([ending, ending, ending, ending, "csv", "xlsx", "txt"])
        yield DamagedFile(f"list.{ending}", kind, random.choice(damages)(data, random))
