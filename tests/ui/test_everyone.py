"""Every window and state of the gallery can be read, heard, reached and told apart, whoever sits there.

Three corners of themes, sizes and font scales are looked at here; ``python -m tests.ui.everyone`` looks at all.
"""

import importlib
import pkgutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from leaddesk import ui
from tests.ui.everyone import CORNERS, Look, Seen, look, twice_on_the_keyboard


@pytest.fixture(scope="module", params=CORNERS, ids=lambda how: f"{how.theme.value}-{how.width}-{how.scale}")
def seen(request: pytest.FixtureRequest, demo: Path) -> Seen:
    assert isinstance(request.param, Look)
    return look(demo, request.param)


def test_nothing_is_cut_silent_out_of_reach_or_alike(seen: Seen) -> None:
    assert seen.findings == []


# In the other corners some parts are behind a tab.
@pytest.mark.parametrize("seen", CORNERS[:1], indirect=True)
def test_every_window_panel_and_form_that_there_is_was_looked_at(seen: Seen) -> None:
    made = {
        kind
        for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}.")
        for kind in vars(importlib.import_module(module.name)).values()
        if isinstance(kind, type) and issubclass(kind, QWidget) and kind.__module__ == module.name
    }
    whole = {f"{kind.__module__}.{kind.__qualname__}" for kind in made if not made & set(kind.__subclasses__())}
    assert whole - set(seen.classes) == set(), "show each in leaddesk/ui/gallery"


def test_no_two_commands_have_the_same_key() -> None:
    assert twice_on_the_keyboard() == []
