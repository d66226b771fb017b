"""A signing page dressed as the application dresses it, handed to its first signer."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.assets import resource
from leaddesk.policy.desk_views import SigningPaper
from leaddesk.policy.views import AgreementPaper, Clause
from leaddesk.services.drafts import Choice
from leaddesk.ui import theme as themes
from leaddesk.ui.signing.page import SigningPage
from leaddesk.ui.theme import Theme, ThemeName

NOW = datetime(2026, 5, 6, 16, 52, tzinfo=UTC)
FIRST = SigningPaper(
    attendee="a3",
    name="Jordan Ellis",
    agency="County Prosecutor",
    role="prosecutor",
    languages=("en", "es"),
    position=2,
    of=4,
)


def agreement(language: str) -> AgreementPaper:
    shipped = json.loads(resource(f"agreements/{language}.json").read_text(encoding="utf-8"))
    return AgreementPaper(
        program="Harbor County LEAD",
        group="Operational Work Group",
        language=language,
        title=shipped["title"],
        version="3",
        in_force_since=date(2026, 1, 1),
        clauses=tuple(Clause(**clause) for clause in shipped["clauses"]),
        closing=shipped["closing"],
        name="Jordan Ellis",
        agency="County Prosecutor",
        role="prosecutor",
        signature=None,
        zone="America/Los_Angeles",
    )


PAPERS: Mapping[str, AgreementPaper] = {language: agreement(language) for language in ("en", "es")}


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    font, palette = qapp.font(), qapp.palette()
    themes.apply(qapp, Theme.load(ThemeName.LIGHT))
    yield
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[SigningPage]:
    made = SigningPage(Theme.load(ThemeName.LIGHT), clock=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.set_paper(FIRST, PAPERS)
    made.set_witnesses([Choice(id="a1", words="Dana Whitfield"), Choice(id="a2", words="Ofc. Bell")])
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    # A page that holds a signer refuses to be closed.
    made.finish()
