"""No plaintext of a desk anywhere on the disk, after using every window and a kill."""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.promises.disk import Recorder, can_record
from tests.promises.row import Reached, Times
from tests.promises.user import MARKER

PROJECT = Path(__file__).parents[2]

#: What a private place is called by the variables that name one.
PLACES = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")


def spellings(marker: str) -> Iterator[bytes]:
    """The marker as it may stand in a file: in UTF-8 and UTF-16, in hex, and in base64 from any place on."""
    for word in (marker, marker.lower(), marker.upper()):
        for coded in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")):
            yield coded
            yield coded.hex().encode()
            for before in range(3):
                # the first and last letters hold bits of the neighbors, too
                whole = base64.b64encode(bytes(before) + coded)
                yield whole[(before * 8 + 5) // 6 : (before + len(coded)) * 8 // 6]


def hits(contents: Iterable[tuple[str, bytes]], marker: str) -> list[str]:
    """The names of the contents that have the marker in them, in any spelling."""
    wanted = set(spellings(marker))
    return [name for name, content in contents if any(spelling in content for spelling in wanted)]


def used_and_killed(demo: Path, root: Path, recorder: Recorder | None, *, how: str) -> list[tuple[str, bytes]]:
    """Whatever a program left on the disk, and what it had there for a moment; it used a desk and was killed."""
    root.mkdir()
    shutil.copytree(demo, root / "desk")
    places = {name: root / name.lower() for name in PLACES}
    for place in places.values():
        place.mkdir(mode=0o700)
    env = (recorder.watching(root) if recorder else dict(os.environ)) | {"QT_QPA_PLATFORM": "offscreen"}
    env |= {name: str(place) for name, place in places.items()}
    command = [sys.executable, "-m", "tests.promises.user", str(root / "desk"), how]
    with (root / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=PROJECT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
        )
        with process:
            assert process.stdout
            said = process.stdout.readline()
            process.kill()
    assert said == b"used\n", (root / "log").read_text()
    left = [(str(path.relative_to(root)), path.read_bytes()) for path in root.rglob("*") if path.is_file()]
    steps = recorder.steps() if recorder else []
    return [*left, ("recorded", b"".join(step.data for step in steps))]


@pytest.mark.promise("no plaintext of marker strings after using every screen and a kill", "0 hits")
def test_nothing_private_is_left_in_plaintext(
    demo: Path, tmp_path: Path, reached: Reached, times: Times, request: pytest.FixtureRequest
) -> None:
    recorder = request.getfixturevalue("recorder") if can_record() else None
    found = hits(used_and_killed(demo, tmp_path / "root", recorder, how=times("quick", full="thorough")), MARKER)
    reached(f"{len(found)} hits", times=1)
    assert found == []


@pytest.mark.usefixtures("in_full_alone")
def test_plaintext_in_a_temporary_file_is_noticed(demo: Path, tmp_path: Path, recorder: Recorder) -> None:
    """A temporary file has no name, and is seen only where steps are recorded."""
    assert hits(used_and_killed(demo, tmp_path / "root", recorder, how="careless"), MARKER) == ["recorded"]


@pytest.mark.parametrize("word", [MARKER, MARKER.lower()])
@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_a_marker_is_found_in_every_coding(word: str, before: str) -> None:
    words = f"{before} {word} and more"
    for coded in (words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be")):
        assert hits([("file", b"\xffsome" + coded)], MARKER) == ["file"]
        assert hits([("file", base64.b64encode(coded))], MARKER) == ["file"]
        assert hits([("file", coded.hex().encode())], MARKER) == ["file"]
    assert hits([("file", b"Zqvexil")], MARKER) == []
