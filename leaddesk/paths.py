"""Where LeadDesk keeps its own few settings on this computer. Nothing of a desk is kept there but where it is."""

import json
from pathlib import Path

from platformdirs import user_config_path

_FILE = "settings.json"


def last_desk() -> Path | None:
    """The folder of the desk that was opened last, ``None`` where there was none or it is gone."""
    try:
        folder = json.loads(_settings().read_text(encoding="utf-8"))["desk"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Path(folder) if isinstance(folder, str) and Path(folder).is_dir() else None


def remember_desk(folder: Path) -> None:
    """Remembers a desk's folder for the next start; a folder that can't be written is no reason to stop."""
    try:
        _settings().parent.mkdir(parents=True, exist_ok=True)
        _settings().write_text(json.dumps({"desk": str(folder.resolve())}), encoding="utf-8")
    except OSError:
        return


def _settings() -> Path:
    return user_config_path("LeadDesk", appauthor=False) / _FILE
