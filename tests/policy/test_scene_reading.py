"""What a scene leaves out is not expected."""

import json
from pathlib import Path

from leaddesk.policy.conformance import check_file
from tests.policy.words import EVERYDAY

SCENES = json.loads((Path(__file__).parent.parent / "data" / "scenes.json").read_text(encoding="utf-8"))


def test_a_scene_that_expects_nothing_of_a_kind_checks_nothing_of_it(tmp_path: Path) -> None:
    scene = json.loads(json.dumps(SCENES[0]))
    whole = len(scene["expect"].get("appears") or {})
    assert whole
    scene["expect"] = {"appears": scene["expect"]["appears"], "answers": None}
    (tmp_path / "one.json").write_text(json.dumps([scene]), encoding="utf-8")
    outcome = check_file(tmp_path / "one.json", EVERYDAY)
    assert (outcome.checked, outcome.agree) == (whole, whole)
