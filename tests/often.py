"""How often a random test is tried: a little by default, often with ``--hypothesis-profile=thorough``."""

from hypothesis import settings

THOROUGH = "thorough"


def examples(usual: int, *, thorough: int) -> int:
    """How many examples are tried in this run."""
    return thorough if settings.get_current_profile_name() == THOROUGH else usual
