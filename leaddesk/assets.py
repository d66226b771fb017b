"""Where shipped resources are found: beside the package in a wheel, beside the checkout in development."""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "resources"
_CHECKOUT = Path(__file__).parent.parent / "resources"


def resource(name: str) -> Path:
    """The path of a shipped resource, such as ``themes/light.json``.

    Raises:
        FileNotFoundError: when nothing of that name is shipped.
    """
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    path = root / name
    if not path.exists():
        raise FileNotFoundError(name)
    return path


def everyday_words(language: str = "en") -> frozenset[str]:
    """Everyday words of a language, folded: words that alone are no sign of a name (LeadDesk's own list)."""
    return frozenset(resource(f"words/everyday-{language}.txt").read_text(encoding="utf-8").split())
