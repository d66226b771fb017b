"""Where LeadDesk keeps its own few settings on this computer. Nothing of a desk is kept there but where it is
and where its backups are copied to; how LeadDesk looks is the computer's, not the desk's."""

import json
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_config_path

_FILE = "settings.json"


def last_desk() -> Path | None:
    """The folder of the desk that was opened last, ``None`` where there was none or it is gone."""
    folder = _kept("desk")
    return folder if folder is not None and folder.is_dir() else None


def remember_desk(folder: Path) -> None:
    """Remembers a desk's folder for the next start; a folder that can't be written is no reason to stop."""
    _keep("desk", str(folder.resolve()))


def backup_drive() -> Path | None:
    """The folder on another drive that backups are copied to, there now or not; ``None`` where none was chosen."""
    return _kept("backups")


def remember_backup_drive(folder: Path) -> None:
    """Remembers where this computer copies backups to."""
    _keep("backups", str(folder.resolve()))


def appearance() -> dict[str, object]:
    """What was chosen of how LeadDesk looks on this computer, by name; empty where nothing was."""
    kept = _all().get("appearance")
    return kept if isinstance(kept, dict) else {}


def remember_appearance(chosen: Mapping[str, str | None]) -> None:
    """Remembers how LeadDesk is to look on this computer."""
    _keep("appearance", dict(chosen))


def _kept(name: str) -> Path | None:
    folder = _all().get(name)
    return Path(folder) if isinstance(folder, str) else None


def _keep(name: str, value: object) -> None:
    try:
        _settings().parent.mkdir(parents=True, exist_ok=True)
        _settings().write_text(json.dumps(_all() | {name: value}), encoding="utf-8")
    except OSError:
        return


def _all() -> dict[str, object]:
    try:
        facts = json.loads(_settings().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


def _settings() -> Path:
    return user_config_path("LeadDesk", appauthor=False) / _FILE
