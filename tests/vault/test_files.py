import os
import stat
from pathlib import Path

import pytest

from leaddesk import platforms
from leaddesk.platforms import linux
from leaddesk.vault.errors import AlreadyOpen, DeskExists, NoDesk, UnsafeFolder
from leaddesk.vault.files import (
    DeskFiles,
    create_empty,
    hold,
    hold_folder,
    make_private,
    refuse_occupied,
    refuse_unsafe_place,
    write_whole,
)


@pytest.mark.parametrize(
    "place", ["Dropbox", "OneDrive - Anytown/Desk", "Library/CloudStorage/Box-Box", "Google Drive/My Drive/a"]
)
def test_a_synchronized_folder_is_known_by_its_name(tmp_path: Path, place: str) -> None:
    with pytest.raises(UnsafeFolder, match="synchronized"):
        refuse_unsafe_place(tmp_path / place)


@pytest.mark.parametrize("mark", [".stfolder", ".dropbox"])
def test_a_synchronized_folder_is_known_by_what_the_program_left_in_it(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).touch()
    with pytest.raises(UnsafeFolder, match="synchronized"):
        refuse_unsafe_place(tmp_path / "work" / "desk")


def test_dropbox_settings_in_the_home_folder_do_not_make_it_synchronized(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    refuse_unsafe_place(tmp_path / "desk")


def test_a_synchronized_folder_is_known_where_the_system_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Documents"))
    with pytest.raises(UnsafeFolder, match="synchronized"):
        refuse_unsafe_place(tmp_path / "Documents" / "desk")
    refuse_unsafe_place(tmp_path / "desk")


def test_a_link_into_a_synchronized_folder_does_not_hide_it(tmp_path: Path) -> None:
    (tmp_path / "Nextcloud" / "desk").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "Nextcloud" / "desk")
    with pytest.raises(UnsafeFolder, match="synchronized"):
        refuse_unsafe_place(tmp_path / "link")


MOUNTS = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/root rw
30 22 0:40 / /home/alex/net\040drive rw shared:2 - nfs4 server:/export rw
31 22 0:41 / /mnt/phone rw - fuse.jmtpfs jmtpfs rw
32 22 0:42 / /mnt/usb rw - fuseblk /dev/sdb1 rw
33 22 0:43 / /data rw - nfs server:/data rw
34 22 0:44 / /data rw - xfs /dev/sdc1 rw"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/alex/desk", None),
        ("/home/alex/net drive/desk", "nfs4"),
        ("/mnt/phone", "fuse.jmtpfs"),
        ("/mnt/usb/desk", None),
        ("/data/desk", None),
    ],
)
def test_a_network_disk_is_told_from_a_local_one(folder: str, kind: str | None) -> None:
    assert linux.network_kind(Path(folder), linux.parse_mountinfo(MOUNTS)) == kind


def test_a_desk_on_a_network_disk_is_refused_with_its_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platforms, "network_kind", lambda _folder: "cifs")
    with pytest.raises(UnsafeFolder, match="network or shared disk \\(cifs\\)"):
        refuse_unsafe_place(tmp_path)


def test_an_empty_or_missing_folder_takes_a_new_desk(tmp_path: Path) -> None:
    (tmp_path / ".hidden").touch()
    refuse_occupied(DeskFiles(tmp_path))
    refuse_occupied(DeskFiles(tmp_path / "missing"))


@pytest.mark.parametrize("name", ["keys.json", "keys.previous.json", "desk.db", "desk.db-wal"])
def test_a_folder_with_any_file_of_a_desk_takes_no_new_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(DeskExists):
        refuse_occupied(DeskFiles(tmp_path))


def test_a_folder_with_other_things_takes_no_desk(tmp_path: Path) -> None:
    (tmp_path / "letter.odt").touch()
    with pytest.raises(UnsafeFolder, match="other things"):
        refuse_occupied(DeskFiles(tmp_path))
    with pytest.raises(UnsafeFolder, match="file"):
        refuse_occupied(DeskFiles(tmp_path / "letter.odt"))


def test_a_folder_is_held_once(tmp_path: Path) -> None:
    held = hold_folder(tmp_path)
    with pytest.raises(AlreadyOpen):
        hold_folder(tmp_path)
    platforms.release_folder(held)
    platforms.release_folder(hold_folder(tmp_path))


def test_holding_leaves_no_trace(tmp_path: Path) -> None:
    before = tmp_path.stat().st_mtime_ns
    platforms.release_folder(hold_folder(tmp_path))
    assert tmp_path.stat().st_mtime_ns == before
    assert list(tmp_path.iterdir()) == []


def test_there_is_nothing_to_hold_without_a_desk(tmp_path: Path) -> None:
    with pytest.raises(NoDesk):
        hold(DeskFiles(tmp_path))


def test_modes_are_tightened_whatever_a_copy_left(tmp_path: Path) -> None:
    files = DeskFiles(tmp_path)
    files.header.touch(0o644)
    tmp_path.chmod(0o755)
    make_private(files)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    assert stat.S_IMODE(files.header.stat().st_mode) == 0o600


def test_an_empty_file_is_made_private_and_never_over_another(tmp_path: Path) -> None:
    create_empty(tmp_path / "desk.db")
    assert stat.S_IMODE((tmp_path / "desk.db").stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        create_empty(tmp_path / "desk.db")


def test_a_file_is_replaced_whole_over_what_a_crash_left(tmp_path: Path) -> None:
    (tmp_path / ".keys.json.new").write_bytes(b"half of something much longer")
    write_whole(tmp_path / "keys.json", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]
    assert (tmp_path / "keys.json").read_bytes() == b"whole"


def test_nothing_is_left_of_a_file_that_could_not_be_written_whole(tmp_path: Path) -> None:
    (tmp_path / "keys.json").mkdir()
    with pytest.raises(OSError, match=r"keys\.json"):
        write_whole(tmp_path / "keys.json", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_the_process_makes_private_files_and_no_core_dumps(tmp_path: Path) -> None:
    import resource

    old = os.umask(0o022)
    platforms.harden_process()
    (tmp_path / "anything").touch()
    os.umask(old)
    assert stat.S_IMODE((tmp_path / "anything").stat().st_mode) == 0o600
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
