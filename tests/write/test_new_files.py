"""New files: the schema line, the legend, what is left to declare."""

from __future__ import annotations

from hds_audit.model.imported import Imported, Source, Unknown
from hds_audit.model.text import Text
from hds_audit.write.entry import Note, entry_lines, fact
from hds_audit.write.render import Sheetful, render, sheetful

WHY = Text("why", "pourquoi")


def test_a_new_file_in_both_languages() -> None:
    imported = Imported(
        "compose",
        {"application": {"name": "Demo"}, "hosts": {"machine": {}}, "components": {"db": {"kind": "database", "host": "machine"}}},
        {"hosts.machine": Source("c", 1), "components.db": Source("c", 2, 1, "services.db")},
        (Unknown("components.db.stores", WHY), Unknown("components.db.kind", WHY), Unknown("components.gone.x", WHY)),
    )
    english = render(sheetful(imported, "compose"), "en")
    french = render(sheetful(imported, "compose"), "fr")
    assert english.splitlines()[0] == "# yaml-language-server: $schema=infra.schema.json"
    assert "    # to declare: stores\n" in english
    assert "    # à déclarer : stores\n" in french
    assert "  machine: true  # compose\n" in english
    assert "  db:  # compose: services.db\n" in english
    assert "`# compose`" in french
    assert [line for line in english.splitlines() if not line.strip().startswith("#")] == [
        line for line in french.splitlines() if not line.strip().startswith("#")
    ]


def test_notes_take_the_place_of_marks() -> None:
    lines = entry_lines("e", {"a": 1, "b": 2}, None, (), "en", {"b": Note("by default: check")})
    assert lines == ["e:", "  a: 1", "  b: 2  # by default: check"]


def test_long_lists_go_over_lines_and_empty_sections_are_said() -> None:
    assert fact("copy_of", [f"component-number-{number}" for number in range(20)], None)[1] == "  - component-number-0"
    text = render(Sheetful({"emails": False, "flows": [], "described": "2026-01-01", "hosts": {}}, {}, {}), "en")
    assert "\nemails: false\n" in text
    assert "\nflows: []\n" in text
    assert '\ndescribed: "2026-01-01"\n' in text
    assert "\nhosts: {}\n" in text
