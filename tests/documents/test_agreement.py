import json
from dataclasses import replace

import pytest

from leaddesk.assets import resource
from leaddesk.documents.agreement import agreement
from leaddesk.documents.page import A4
from tests.documents.sample_views import agreement_view, elements, opened, pages, signature, text


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_shipped_agreement_has_its_thirteen_clauses_numbered_in_order(language: str) -> None:
    view = agreement_view(language=language)
    found = text(agreement(view))
    places = [found.index(f"{number}. {clause.heading}") for number, clause in enumerate(view.clauses, start=1)]
    assert len(places) == 13
    assert places == sorted(places)
    assert view.closing in found


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_shipped_agreement_says_that_counsel_reviews_it(language: str) -> None:
    shipped = json.loads(resource(f"agreements/{language}.json").read_text("utf-8"))
    assert shipped["language"] == language
    assert shipped["version"] == "1"
    assert {"en": "Counsel", "es": "abogado"}[language] in shipped["note"]


def test_the_shipped_notice_is_the_regulations_short_and_long_statement() -> None:
    shipped = json.loads(resource("notices/en.json").read_text("utf-8"))
    assert shipped["short"] == "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    assert shipped["long"].startswith("This record which has been disclosed to you is protected by Federal")
    assert shipped["long"].endswith("(see 42 CFR 2.31).")


def test_a_blank_agreement_has_room_for_duties_and_names_nobody() -> None:
    found = text(agreement(agreement_view()))
    assert "Duties that may require sharing" in found
    assert "Signature" in found
    assert "Jordan" not in found


def test_a_prefilled_agreement_holds_the_name_on_its_line() -> None:
    found = text(agreement(agreement_view(name="Jordan Ellis", agency="County Prosecutor")))
    assert "Printed name Jordan Ellis" in found
    assert "Agency or neighborhood County Prosecutor" in found


def test_a_signed_agreement_holds_all_that_was_recorded_with_the_signature() -> None:
    found = text(agreement(agreement_view(signed=signature())))
    for part in (
        "Printed name Jordan Ellis",
        "County Prosecutor",
        "Role here Prosecutor",
        "Discovery, by law",
        "Drawn on screen",
        "Witness Alma Reyes",
        "Wednesday 6 May 2026 (2026-05-06), 09:52",
        "2026-05-06T09:52:00-07:00",
        "Version 1",
        "9f86d081884c7d659a2feaa0c55ad015" * 2,
    ):
        assert part in found


def test_a_drawn_signature_is_told_to_who_cannot_see_it() -> None:
    with opened(agreement(agreement_view(signed=signature()))) as pdf:
        figures = [element for element in elements(pdf) if element.S == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == ["Signature of Jordan Ellis, drawn by hand"]
        left, bottom, right, top = (float(edge) for edge in figures[0].A.BBox.as_list())
        assert 0 < left < right < 612
        assert 0 < bottom < top < 792


@pytest.mark.parametrize(("method", "said"), [("typed", "Name typed on screen"), ("paper", "On paper")])
def test_a_signature_that_was_not_drawn_has_no_figure(method: str, said: str) -> None:
    pdf = agreement(agreement_view(signed=signature(method=method, duties="")))
    assert said in text(pdf)
    assert "None stated" in text(pdf)
    with opened(pdf) as document:
        assert not [element for element in elements(document) if element.S == "/Figure"]


def test_the_spanish_agreement_is_spanish_throughout() -> None:
    pdf = agreement(agreement_view(language="es", signed=signature()), paper=A4)
    found = pages(pdf)
    assert f"Página 1 de {len(found)}" in found[0]
    assert "miércoles 6 de mayo de 2026 (2026-05-06)" in " ".join(found)
    with opened(pdf) as document:
        assert document.Root.Lang == "es-US"
        assert "Firma de Jordan Ellis" in str(next(e for e in elements(document) if e.S == "/Figure").Alt)


def test_a_language_without_a_form_is_refused() -> None:
    with pytest.raises(KeyError):
        agreement(replace(agreement_view(), language="fr"))
