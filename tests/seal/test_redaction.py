"""The redacted copy: no name of the client survives, what is kept is what is said to be kept."""

import json
import re

import pytest
from auditing import audited

from hds_audit.errors import CheckFailedError, InputError
from hds_audit.model.place import Place
from hds_audit.model.report import AttestationView, Notice
from hds_audit.model.text import Text
from hds_audit.pipeline.sealing import redact
from hds_audit.pipeline.verification import verify
from hds_audit.read.report import read_report
from hds_audit.report.format import Style
from hds_audit.report.formats import format_named, known_formats
from hds_audit.report.json import render
from hds_audit.seal.redaction import redacted

KEY = b"k" * 32
NAMES = re.compile(
    r"zephyr|szoufles|grznier|xoffrewq|kerbrat|ondine|contrat-secret|bzonjour|rzkelev|qzotid|infra\.yaml|governance\.yaml|mzsgs/|pizces/", re.I
)  # fmt: skip


@pytest.fixture
def made(infra):
    return audited(infra)


def said(report):
    return b"".join(render(report, Style())).decode()


def test_no_name_of_the_client_survives(made):
    assert NAMES.search(said(made))
    assert NAMES.findall(said(redacted(made, KEY))) == []


@pytest.mark.parametrize("name", [name for name in known_formats() if name != "pdf"])
def test_no_name_survives_in_any_format(made, name):
    content = b"".join(format_named(name).render(redacted(made, KEY), Style("fr"))).decode("utf-8", "replace")
    assert NAMES.findall(content) == []


def test_names_in_free_texts_notices_and_answers_go_too(made):
    more = made._replace(
        notices=(Notice("absent-document", Text("xoffrewq is not there", "xoffrewq manque"), Place("infra.yaml", 3, 1, "xoffrewq: x")),),
        attestations=(AttestationView("csp:L.1110-4", "xoffrewq", "implemented", "Ondine", "2026-01-01", "", "Kerbrat", "pizces/x", True),),
        resolved=("HDS-X/component/xoffrewq",),
    )
    assert NAMES.findall(said(redacted(more, KEY))) == []


def test_verdicts_counts_rules_and_lines_stay(made):
    hidden = redacted(made, KEY)
    assert (hidden.outcome, hidden.counts, hidden.exit_code, list(hidden.rules)) == (
        made.outcome,
        made.counts,
        made.exit_code,
        list(made.rules),
    )
    assert [item.verdict for item in hidden.findings] == [item.verdict for item in made.findings]
    assert [item.place.line if item.place else 0 for item in hidden.findings] == [
        item.place.line if item.place else 0 for item in made.findings
    ]


def test_what_was_one_thing_stays_one_thing(made):
    hidden = redacted(made, KEY)
    pairs = {(before.subject, after.subject) for before, after in zip(made.findings, hidden.findings, strict=True)}
    assert len({before for before, _ in pairs}) == len(pairs) == len({after for _, after in pairs})
    (component,) = hidden.description["components"]
    assert any(item.subject.id == component for item in hidden.findings)
    assert hidden.description["components"][component]["host"] in hidden.description["hosts"]


def test_words_of_the_format_countries_and_dates_stay(made):
    (host,) = redacted(made, KEY).description["hosts"].values()
    assert (host["service"], host["location"], host["contract"]["signed"]) == ("paas", {"country": "FR"}, "2025-01-15")
    assert host["contract"]["document"].startswith("text-")


def test_numbers_of_registers_go(made):
    more = made._replace(description={"organisations": {"a": {"siren": "111222333", "persons": 123456789, "rpo": 3}}})
    (entry,) = redacted(more, KEY).description["organisations"].values()
    assert "111222333" not in str(entry)
    assert "123456789" not in str(entry)
    assert entry["rpo"] == 3


def test_the_key_makes_the_pseudonym(made):
    one, again, other = redacted(made, KEY), redacted(made, KEY), redacted(made, b"o" * 32)
    assert said(one) == said(again)
    assert {item.subject.id for item in one.findings}.isdisjoint({item.subject.id for item in other.findings} - {"application"})


def test_the_copy_is_a_dossier_that_says_what_it_does_not_hide(made, tmp_path):
    redact(made, tmp_path / "copy", tmp_path / "secret")
    assert verify(tmp_path / "copy")
    readme = (tmp_path / "copy" / "README.txt").read_text("utf-8")
    assert "NOT hidden" in readme
    assert "NON masqués" in readme
    assert not any(NAMES.search(path.read_text("utf-8")) for path in (tmp_path / "copy").iterdir() if path.name != "README.txt")
    assert read_report(tmp_path / "copy" / "report.json").outcome == made.outcome


def test_a_copy_cannot_be_replayed_and_says_so(made, tmp_path):
    redact(made, tmp_path / "copy")
    with pytest.raises(CheckFailedError, match="cannot be replayed"):
        verify(tmp_path / "copy", replay=True)


def test_a_key_file_is_made_for_its_owner_alone_and_used_again(made, tmp_path):
    secret = tmp_path / "secret"
    redact(made, tmp_path / "one", secret)
    redact(made, tmp_path / "two", secret)
    assert secret.stat().st_mode & 0o077 == 0
    assert (tmp_path / "one/report.json").read_bytes() == (tmp_path / "two/report.json").read_bytes()
    redact(made, tmp_path / "three")
    assert (tmp_path / "one/report.json").read_bytes() != (tmp_path / "three/report.json").read_bytes()


def test_a_short_key_is_refused(made, tmp_path):
    (tmp_path / "secret").write_text("short")
    with pytest.raises(InputError):
        redact(made, tmp_path / "copy", tmp_path / "secret")


def test_the_request_of_a_copy_names_nothing(made, tmp_path):
    redact(made, tmp_path / "copy")
    request = json.loads((tmp_path / "copy" / "request.json").read_bytes())
    assert (request["main"], request["named"], request["redacted"]) == ("", "", True)


def exposed(component):
    """A report with one exposure there, told by a fact and by a path to declare."""
    from hds_audit.model.report import FactView

    facts = tuple(
        FactView(f"exposures.{law}.nuage-ami.dossier.{component}{end}", "x", "derived", None, "")
        for law in ("us:cloud-act", "?")
        for end in ("", ".certainty")
    )
    return facts, {"components": {component: {"kind": "database", "host": "h"}}, "hosts": {"h": {"provider": "nuage-ami"}}, "data": {"dossier": {}}}


@pytest.mark.parametrize("component", ["kerbrat", "backup", "db.kerbrat", "certainty"])
def test_the_places_of_exposures_are_hidden_even_where_they_are_words_of_the_format(made, component):
    facts, description = exposed(component)
    hidden = redacted(made._replace(facts=(*made.facts, *facts), description=description), KEY)
    paths = [fact.path for fact in hidden.facts if fact.path.startswith("exposures.")]
    assert [path.split(".")[1] for path in paths[-4:]] == ["us:cloud-act", "us:cloud-act", "?", "?"]
    inner = [path.removesuffix(".certainty") if path.count(".") > 4 else path for path in paths[-4:]]
    assert not any(name in path for path in inner for name in ("nuage-ami", "dossier", "kerbrat", "backup", "certainty"))
    assert [path.endswith(".certainty") for path in paths[-4:]] == [False, True, False, True]
