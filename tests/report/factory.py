"""A report made by hand, small and complete: something in every section, every verdict, each kind of waiver, and hostile ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from hds_audit.model.exposure import ActivityRow, Custody
from hds_audit.model.place import Place
from hds_audit.model.report import (
    AttestationView,
    CoverageRow,
    Expiring,
    ExposureView,
    FactView,
    Finding,
    GateView,
    InputView,
    NextStep,
    Notice,
    OrganisationView,
    PlacesView,
    Report,
    RuleView,
    StepView,
    SubjectRef,
    TextView,
    ToolView,
    WaiverView,
)
from hds_audit.model.rule import RuleSource
from hds_audit.model.text import Text

DAY = date(2026, 11, 22)
FILE = "infra.yaml"
DESCRIPTION: dict[str, object] = {
    "format": "hds-audit/1",
    "application": {
        "name": "Carnet du souffle",
        "operator": "souffle",
        "operator_kind": "private",
        "public": ["patients"],
        "customer_contract": {"signed": "2025-01-15", "clauses": ["certificate-scope"], "mirrors": ["cloud"]},
    },
    "organisations": {
        "souffle": {"name": "Souffle SAS", "country": "FR", "parent": False},
        "nuage": {"name": "Nuage SARL", "country": "FR", "parent": "big-cloud"},
        "big-cloud": {"name": "Big Cloud Inc.", "country": "US", "parent": False},
    },
    "data": {
        "record": {
            "description": "Spirometry and treatment",
            "categories": ["health"],
            "subjects": ["patients"],
            "health": "nature",
            "controller": ["health-professionals"],
            "collected_in": ["care"],
            "identifiability": "identified",
            "retention": {"active": "P5Y", "archive": "P15Y", "basis": "record of the practice"},
        },
        "account": {"categories": ["identity", "contact"], "health": "none", "controller": ["souffle"], "retention": "P3Y"},
    },
    "hosts": {
        "cloud": {
            "provider": "nuage",
            "service": "paas",
            "location": {"country": "FR", "city": "Lyon"},
            "replicated_to": ["DE"],
            "certificates": ["cloud-hds"],
            "contract": {
                "signed": "2025-01-10",
                "clauses": ["certificate-scope", "service-description"],
                "document": "evidence/contract.pdf",
            },
            "transparency": {"statement": "table", "table": [{"actor": "Nuage SARL", "role": "host", "hds": True, "access": ["US"]}]},
        },
        "mailer": {"provider": "big-cloud", "service": "email"},
    },
    "certificates": {"cloud-hds": {"holder": "nuage", "standard": "hds", "version": "2.0", "expires": "2027-05-01"}},
    "components": {
        "app": {"kind": "application", "host": "cloud", "processes": ["record", "account"]},
        "db": {
            "kind": "database",
            "host": "cloud",
            "stores": ["record", "account"],
            "encryption": [{"layer": "volume", "key": "disk"}],
            "administrators": ["souffle"],
        },
    },
    "keys": {"disk": {"held_by": ["nuage"], "place": "host-kms", "host": "cloud", "managed_by": "provider"}},
    "flows": [
        {"id": "visit", "from": "patients", "to": "app", "data": ["record", "account"], "transport": {"protocol": "https"}},
        {"from": "app", "to": "db", "data": ["record", "account"]},
        {"from": "app", "to": "mailer", "data": ["account"], "purpose": "alert to sign in"},
    ],
    "emails": {"domain": "souffle.example", "templates": [{"path": "emails/alert.txt", "data": ["account"], "sender": "mailer"}]},
    "endpoints": [{"url": "https://souffle.example", "component": "app"}],
}


def rule(name: str, framework: Any = "hds", **changes: Any) -> RuleView:
    """A rule with everything that a report shows of one."""
    told: dict[str, Any] = {
        "id": name,
        "framework": framework,
        "title": Text(f"Title of {name}", f"Titre de {name}"),
        "controls": ("hds:EXI-28",),
        "related": ("csp:R.1111-9-1",),
        "level": "mandatory",
        "severity": "high",
        "addressee": "host",
        "subject": "component",
        "remedy": Text(f"Mend {name}", f"Corriger {name}"),
        "limits": Text(f"What {name} does not see", f"Ce que {name} ne voit pas"),
        "applies": Text("`holds_hds_data` holds", "`holds_hds_data` est vrai"),
        "requires": Text("each of `places` is in eea", "chaque élément de `places` est dans eea"),
        "sources": (RuleSource("CSP R.1111-9-1", "secondary", date(2026, 11, 22), "https://example.org/law"),),
        "effort": "days",
    }
    return RuleView(**{**told, **changes})


RULES = (
    rule("HDS-28-STORAGE", severity="critical"),
    rule("HDS-CLAUSE-01", controls=("csp:R.1111-11.I.1",), subject="host", addressee="customer"),
    rule("HDS-CLAUSE-02", controls=("csp:R.1111-11.I.2",), subject="host", addressee="customer"),
    rule("GDPR-32-REST", "gdpr", controls=("gdpr:32.1.a",), level="recommended", severity="medium", addressee="controller"),
    rule("LAW-UC6", "cloud_act", controls=("edpb:uc6",), level="recommended", severity="high", addressee="controller"),
    rule("SNC-19-6", "cloud_act", controls=("secnumcloud:19.6",), level="sovereign", severity="low", subject="host"),
    rule("ISO-A824", "iso27001", controls=("iso27001:A.8.24",), level="recommended", severity="low", addressee="publisher"),
    rule("HDS-SECRECY", controls=("csp:L.1110-4",), subject="application", requires=None, addressee="controller", effort=""),
)
FACTS = (
    FactView("components.db.places", ["FR", "DE"], "derived", None, ""),
    FactView("hosts.cloud.location.country", "FR", "declared", Place(FILE, 30, 7, "    location: {country: FR, city: Lyon}"), ""),
    FactView(
        "hosts.cloud.contract.signed", "2025-01-10", "documented", Place(FILE, 32, 9, "      signed: 2025-01-10"), "evidence/contract.pdf"
    ),
    FactView("organisations.nuage.country", "FR", "catalogued", None, "catalogue: organisations.nuage"),
    FactView("endpoints.0.tls", ["1.2", "1.3"], "observed", None, "probe of 2026-11-20"),
    FactView("hosts.mailer.location", None, "declared", None, ""),
)
WAIVER = WaiverView(
    "SNC-19-6", "mailer", "Contract ends in March", "DSI", "Direction", date(2026, 10, 1), date(2027, 3, 31), "RSSI-12", "active"
)  # fmt: skip
ORPHAN = WaiverView("HDS-28-STORAGE", "gone", "An old store", "DSI", "Direction", date(2025, 1, 1), date(2026, 12, 31), "", "orphan")


def finding(name: str, kind: Any, subject: str, verdict: Any, **more: Any) -> Finding:
    """A finding; those that are not passes bear a sentence."""
    said = {} if verdict in ("pass", "not-applicable") else {"message": Text(f"{name} on {subject}", f"{name} sur {subject}")}
    return Finding(name, SubjectRef(kind, subject), verdict, **{**said, **more})


FINDINGS = (
    finding("HDS-28-STORAGE", "component", "db", "pass", facts=(0, 1)),
    finding("HDS-28-STORAGE", "component", "app", "not-applicable", reason=Text("it stores nothing", "il ne stocke rien")),
    finding("HDS-28-STORAGE", "component", "copies", "fail", facts=(0,), place=Place(FILE, 60, 5, "    host: mailer"),
            related=(Place(FILE, 40, 3, "  mailer: {provider: big-cloud}"),), state="introduced"),
    finding("HDS-CLAUSE-01", "host", "cloud", "pass", facts=(2,)),
    finding("HDS-CLAUSE-02", "host", "cloud", "fail", facts=(2,), place=Place(FILE, 33, 9, "      clauses: [certificate-scope]"), confidence="medium",
            reason=Text("the text was read through secondary sources", "le texte a été lu dans des sources secondaires")),
    finding("HDS-CLAUSE-01", "host", "mailer", "unknown", facts=(5,), missing=("hosts.mailer.contract.clauses",), place=Place(FILE, 40, 3)),
    finding("HDS-CLAUSE-02", "host", "mailer", "unknown", missing=("hosts.mailer.contract.clauses",), place=Place(FILE, 40, 3)),
    finding("GDPR-32-REST", "component", "db", "pass", facts=(4,)),
    finding("GDPR-32-REST", "component", "app", "unknown", missing=("components.app.encryption",), place=Place(FILE, 50, 3)),
    finding("LAW-UC6", "component", "db", "fail", facts=(3,), place=Place(FILE, 55, 5, "    host: cloud"), confidence="medium",
            reason=Text("debated inside the Union", "débattu au sein de l'Union")),
    finding("SNC-19-6", "host", "mailer", "fail", waiver=WAIVER, place=Place(FILE, 40, 3, "  mailer: {provider: big-cloud}")),
    finding("ISO-A824", "component", "db", "error", reason=Text("the rule met a text where a number was due", "la règle a rencontré un texte")),
    finding("HDS-SECRECY", "application", "application", "manual", missing=("attestations.csp:L.1110-4",), place=Place(FILE, 3, 3)),
)  # fmt: skip
COVERED = Text("covered until 2027-05-01", "couvert jusqu'au 2027-05-01")
ACTIVITIES = (
    ActivityRow("cloud", "physical-sites", "nuage", "cloud-hds", "covered", COVERED),
    ActivityRow("cloud", "hardware", "nuage", "cloud-hds", "covered", COVERED),
    ActivityRow("cloud", "virtual-infrastructure", "nuage", "cloud-hds", "expired", Text("ended", "échu")),
    ActivityRow("cloud", "platform", "nuage", "cloud-hds", "wrong-version", Text("under v1", "selon la v1")),
    ActivityRow("cloud", "administration", "souffle", "", "not-hosting", Text("the publisher", "l'éditeur")),
    ActivityRow("cloud", "backup", "", "", "unknown", Text("nobody says", "rien n'est dit"), ("hosts.cloud.responsibilities.backup",)),
    ActivityRow("mailer", "backup", "big-cloud", "", "not-covered", Text("no certificate", "aucun certificat")),
)
EXPOSURES = (
    ExposureView("us:cloud-act", "nuage", "record", "db", "key-held", "established", (), (
        StepView("data", "record", Text("health data by nature", "données de santé par nature"), Place(FILE, 12, 13, "    health: nature"), ""),
        StepView("component", "db", Text("stores it", "les stocke"), Place(FILE, 56, 13, "    stores: [record]"), ""),
        StepView("host", "cloud", Text("is the host of db", "est l'hébergeur de db"), Place(FILE, 55, 5), ""),
        StepView("organisation", "nuage", Text("provides this host", "fournit cet hébergeur"), Place(FILE, 31, 5), ""),
        StepView("country", "US", Text("is the country of its parent", "est le pays de sa société mère"), None, "catalogue: organisations.nuage"),
        StepView("law", "us:cloud-act", Text("is a law of that country", "est une loi de ce pays"), None, "catalogue: laws.us:cloud-act"),
    )),
    ExposureView("us:fisa-702", "nuage", "record", "app", "in-use", "debated", ("hosts.cloud.remote_access",), (
        StepView("data", "record", Text("health data by nature", "données de santé par nature"), Place(FILE, 12, 13), ""),
        StepView("component", "app", Text("processes it", "les traite"), Place(FILE, 51, 5), ""),
    )),
    ExposureView(None, "inconnu", "record", "db", "unknown", "unknown", ("organisations.inconnu.country",), (
        StepView("data", "record", Text("health data by nature", "données de santé par nature"), Place(FILE, 12, 13), ""),
    )),
)  # fmt: skip
CUSTODY = (
    Custody(
        "disk", (("nuage", Text("holds it", "la détient"), 0),), 1, Text("stops a thief of disks only", "n'arrête qu'un voleur de disques")
    ),
    Custody("lost", (), None, Text("no layer names this key", "aucune couche ne nomme cette clé"), ("keys.lost.held_by",)),
)


def row(control: str, text: str, verdict: Any, **more: Any) -> CoverageRow:
    """A requirement, and what became of it."""
    told: dict[str, Any] = {
        "judged": "whole", "rules": (), "basis": "declared", "addressee": "host", "remains": Text("", ""), "in_force": True, "kind": "requirement",
    }  # fmt: skip
    return CoverageRow(control, Text(f"What {control} asks", f"Ce que demande {control}"), text, verdict, **{**told, **more})


COVERAGE = (
    row("hds:EXI-01", "hds-v2", "pass", basis="inherited"),
    row("hds:EXI-07", "hds-v2", "manual", judged="invisible", basis="none", remains=Text("Ask your host", "Interroger l'hébergeur")),
    row("hds:EXI-28", "hds-v2", "fail", rules=("HDS-28-STORAGE",)),
    row("csp:R.1111-11.I.1", "csp", "unknown", rules=("HDS-CLAUSE-01",), addressee="customer"),
    row("csp:R.1111-11.I.2", "csp", "fail", rules=("HDS-CLAUSE-02",), addressee="customer"),
    row(
        "csp:L.1110-4", "csp", "manual", judged="attestation", rules=("HDS-SECRECY",), basis="none", remains=Text("Practice", "La pratique")
    ),
    row("csp:L.1115-1", "csp", "not-applicable", kind="penalty", basis="none"),
    row(
        "gdpr:32.1.a",
        "gdpr",
        "unknown",
        rules=("GDPR-32-REST",),
        judged="part",
        addressee="controller",
        status="secondary",
        since=date(2018, 5, 25),
        nature="law",
        warning=Text("A contrary view is held", "Une lecture contraire est soutenue"),
    ),
    row("edpb:uc6", "edpb", "fail", rules=("LAW-UC6",), addressee="controller"),
    row("us:cloud-act", "foreign-laws", "not-applicable", kind="exposure", basis="none"),
    row("secnumcloud:19.6", "secnumcloud", "fail", rules=("SNC-19-6",)),
    row("iso27001:A.6.3", "iso27001", "pass", judged="attestation", basis="attested", addressee="publisher", rests="document"),
    row("iso27001:A.8.24", "iso27001", "error", rules=("ISO-A824",), addressee="publisher", rests="technical"),
    row("hads:1", "hads", "not-applicable", in_force=False, basis="none"),
)
ATTESTATIONS = (
    AttestationView("iso27001:A.6.3", "", "implemented", "Mme Aubry", "2026-09-01", "2027-08-31", "", "evidence/a63.pdf", True),
    AttestationView("csp:L.1110-4", "", "implemented", "Mme Aubry", "2024-01-01", "2025-01-01", "", "", False),
)
NOTICES = (
    Notice("absent-document", Text("evidence/contract.pdf is not there", "evidence/contract.pdf est absent"), Place(FILE, 34, 9)),
    Notice("gate", Text("what is not shown does not gate", "le non démontré ne bloque pas")),
)
NEXT = (
    NextStep("hosts.mailer.contract.clauses", Text("mailer: its clauses", "mailer : ses clauses"), 2),
    NextStep("components.app.encryption", Text("app: its layers", "app : ses couches"), 1),
)
EXPIRING = (
    Expiring("attestation", "iso27001:A.6.3", date(2027, 1, 31), Text("Last day of an attestation", "Dernier jour d'une attestation")),
    Expiring("certificate", "cloud-hds", date(2027, 5, 1), Text("Last day of cloud-hds", "Dernier jour de cloud-hds")),
)
ORGANISATIONS = (
    OrganisationView("souffle", "Souffle SAS", "FR"), OrganisationView("nuage", "Nuage SARL", "FR", ("big-cloud",)),
    OrganisationView("big-cloud", "Big Cloud Inc.", "US"), OrganisationView("inconnu", "Inconnu & Fils"),
)  # fmt: skip
TEXTS = (
    TextView("hds-v2", Text("HDS referential", "Référentiel HDS"), "2.0", "certificate", date(2024, 11, 16), None, "verified",
             "Référentiel HDS v2", date(2026, 11, 20), "https://example.org/hds"),
    TextView("csp", Text("Public Health Code", "Code de la santé publique"), "", "law", date(2018, 4, 1), None, "secondary", "CSP"),
    TextView("gdpr", Text("GDPR", "RGPD"), "2016/679", "law", date(2018, 5, 25), None, "recalled", "RGPD"),
)  # fmt: skip


def report(**changes: Any) -> Report:
    """The report, save what is said otherwise."""
    counts = {"pass": 3, "fail": 4, "unknown": 3, "manual": 1, "not-applicable": 1, "error": 1, "waived": 1}
    told: dict[str, Any] = {
        "tool": ToolView("1.0.0", "a" * 64, len(RULES), date(2026, 11, 20), "b" * 64),
        "as_of": DAY,
        "generated": "2026-11-22T09:00:00Z",
        "inputs": (InputView(FILE, "c" * 64), InputView("governance.yaml", "d" * 64)),
        "description": DESCRIPTION,
        "outcome": "non-compliant",
        "exit_code": 1,
        "to_attest": 1,
        "gate": GateView(),
        "counts": counts,
        "rules": {item.id: item for item in RULES},
        "facts": FACTS,
        "findings": FINDINGS,
        "activities": ACTIVITIES,
        "exposures": EXPOSURES,
        "custody": CUSTODY,
        "coverage": COVERAGE,
        "waivers": (WAIVER, ORPHAN),
        "attestations": ATTESTATIONS,
        "notices": NOTICES,
        "next": NEXT,
        "expiring": EXPIRING,
        "resolved": ("HDS-OLD/host/cloud",),
        "organisations": ORGANISATIONS,
        "places": (PlacesView("cloud", ("FR", "DE"), True), PlacesView("mailer")),
        "texts": TEXTS,
    }
    return Report(**{**told, **changes})


def empty() -> Report:
    """A report with nothing in it: nothing was judged."""
    nothing = dict.fromkeys(("pass", "fail", "unknown", "manual", "not-applicable", "error", "waived"), 0)
    return report(
        description={"format": "hds-audit/1"}, outcome="not-established", exit_code=3, to_attest=0, counts=nothing, rules={}, facts=(),
        findings=(), activities=(), exposures=(), custody=(), coverage=(), waivers=(), attestations=(), notices=(), next=(), expiring=(),
        resolved=(), inputs=(), organisations=(), places=(), texts=(),
    )  # fmt: skip


HOSTILE = (
    "<script>alert(1)</script>",
    "</script></style></svg></table><img src=x onerror=alert(1)>",
    "\"' onmouseover=alert(1) x='",
    "]]> <![CDATA[ -->",
    "{{ 7 * 7 }} {% raw %}",
    "\x00\x01\x08\x0b\x1b[31m\x7f\x9f",
    "\u202egpj.exe\u202c \u2066abc\u2069 \u200f\ufeff",
    "\ud800 \ufffe \uffff",
    "line\nbreak\ttab\r\n::set-output name=x::y",
    "=cmd|' /C calc'!A0",
    "javascript:alert(1)",
    "é" * 400 + "𝔘" * 40,
)


def hostile(text: str) -> Report:
    """The report with a hostile text wherever a user, a pack of rules or a catalogue may put one."""
    said = Text(text, text)
    where = Place(text, 1, 1, text)
    own = rule(text, title=said, remedy=said, limits=said, applies=said, requires=said, controls=(text,), related=(text,), effort=text,
               sources=(RuleSource(text, "recalled", None, text),), ours=False)  # fmt: skip
    waiver = WaiverView(text, text, text, text, text, date(2026, 1, 1), date(2027, 1, 1), text, "active")
    description: dict[str, object] = {
        "application": {"name": text, "description": text, "operator": text, "public": [text]},
        "organisations": {text: {"name": text, "country": text}},
        "data": {text: {"description": text, "health": "nature", "categories": [text], "controller": [text], "retention": {"basis": text}}},
        "hosts": {text: {"provider": text, "service": text, "location": {"country": text, "city": text}, "contract": {"clauses": [text]},
                         "transparency": {"statement": text, "url": text, "table": [{"actor": text, "role": text, "access": [text]}]}}},
        "components": {text: {"kind": text, "host": text, "stores": [text], "encryption": [{"layer": text, "key": text}]}},
        "keys": {text: {"held_by": [text], "place": text}},
        "flows": [{"from": text, "to": text, "data": [text], "purpose": text, "transport": {"protocol": text}}],
    }  # fmt: skip
    found = tuple(
        Finding(
            text,
            SubjectRef("component", text),
            verdict,
            (0,),
            said,
            said,
            "low",
            (text,),
            where,
            (where,),
            waiver if verdict == "fail" else None,
        )
        for verdict in ("fail", "unknown", "manual", "pass", "not-applicable", "error")
    )
    return report(
        inputs=(InputView(text, "e" * 64),),
        description=description,
        rules={text: own},
        facts=(FactView(text, text, "declared", where, text),),
        findings=found,
        activities=(ActivityRow(text, "backup", text, text, "unknown", said, (text,)),),
        exposures=(ExposureView(text, text, text, text, "clear", "established", (text,), (StepView("data", text, said, where, text),)),),
        custody=(Custody(text, ((text, said, 0),), 1, said, (text,)),),
        coverage=(CoverageRow(text, said, text, "fail", "part", (text,), "declared", "host", said),),
        waivers=(waiver,),
        attestations=(AttestationView(text, text, "implemented", text, text, text, text, text, True),),
        notices=(Notice("gate", said, where),),
        next=(NextStep(text, said, 1),),
        expiring=(Expiring("certificate", text, date(2027, 1, 1), said),),
        resolved=(text,),
        organisations=(OrganisationView(text, text, text, (text,)),),
        places=(PlacesView(text, (text,)),),
        texts=(TextView(text, said, text, text, None, None, "recalled", text, None, text),),
    )  # fmt: skip
