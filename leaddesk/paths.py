"""Where LeadDesk keeps its own few settings on this computer. Nothing of a desk is kept there but where it is
and where its backups are copied to."""

import json
from pathlib import Path

from platformdirs import user_config_path

_FILE = "settings.json"


def last_desk() -> Path | None:
    """The folder of the desk that was opened last, ``None`` where there was none or it is gone."""
    folder = _kept("desk")
    return folder if folder is not None and folder.is_dir() else None


def remember_desk(folder: Path) -> None:
    """Remembers a desk's folder for the next start; a folder that can't be written is no reason to stop."""
    _keep("desk", folder)


def backup_drive() -> Path | None:
    """The folder on another drive that backups are copied to, there now or not; ``None`` where none was chosen."""
    return _kept("backups")


def remember_backup_drive(folder: Path) -> None:
    """Remembers where this computer copies backups to."""
    _keep("backups", folder)


def _kept(name: str) -> Path | None:
    folder = _all().get(name)
    return Path(folder) if isinstance(folder, str) else None


def _keep(name: str, folder: Path) -> None:
    try:
        _settings().parent.mkdir(parents=True, exist_ok=True)
        _settings().write_text(json.dumps(_all() | {name: str(folder.resolve())}), encoding="utf-8")
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
