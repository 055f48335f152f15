"""No sentence is written where something is found: what the core hands over is a code with facts."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2] / "src" / "billcalc"
SPEAKERS = ("words", "notices", "cli")
"""Who speaks to people, or has a closed list of its own sentences."""
PROSE = re.compile(
    r"""(?:\b(?:reason|what|stated|missing)\s*=|["'](?:reason|what|missing)["']:)\s*\(?\s*f?["'][A-Za-z{][^"'/]* """
)


def test_no_reason_is_a_sentence() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sorted(ROOT.rglob("*.py"))
        if path.relative_to(ROOT).parts[0] not in SPEAKERS
        for match in PROSE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_sentence_would_be_found() -> None:
    for line in ("reason = 'it is so'", 'refuse(code, what=f"a part of {span}")', '{"reason": "no such thing"}'):
        assert PROSE.search(line), line


PAIRS = re.compile(r"""Language\.(?:CHINESE|ENGLISH): *[\[({"'f]|_(?:CHINESE|ENGLISH)\b[^=\n]* = \{""")


def test_no_module_but_words_has_a_table_of_a_language() -> None:
    api = ROOT.parents[1] / "api" / "billcalc_api"
    found = [
        path.name
        for root in (ROOT, api)
        for path in sorted(root.rglob("*.py"))
        if "words" not in path.relative_to(root).parts and PAIRS.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert PAIRS.search("_KEPT = {Language.ENGLISH: 'kept'}")
