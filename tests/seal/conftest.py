"""Descriptions that are sealed, and keys that sign them."""

import os

import pytest
from auditing import written_key

INFRA = """\
format: hds-audit/1
include: [governance.yaml]
application: {name: Carnet Zephyrine, operator: zephyrsas, public: [patients]}
organisations:
  zephyrsas: {name: Zephyrine SAS, country: FR, parent: false}
data:
  szoufles:
    categories: [health]
    subjects: [patients]
    health: nature
    controller: [zephyrsas]
    collected_in: [care]
    identifiability: identified
hosts:
  grznier:
    provider: zephyrsas
    service: paas
    location: {country: FR}
    contract: {signed: 2025-01-15, document: pizces/contrat-secret.txt}
components:
  xoffrewq: {kind: database, host: grznier, stores: [szoufles]}
flows:
  - {from: patients, to: xoffrewq, data: [szoufles], purpose: Rzkelev Qzotid}
emails:
  templates: [{path: "mzsgs/*.txt", data: [szoufles]}]
"""
GOVERNANCE = """\
governance:
  dpo: {name: Ondine Kerbrat, contact: ondine@zephyrine.example}
"""


@pytest.fixture
def folder(tmp_path):
    """A description with an include, a document and a template, and a file that none of them names."""
    home = tmp_path / "client"
    for name, text in {
        "infra.yaml": INFRA,
        "governance.yaml": GOVERNANCE,
        "pizces/contrat-secret.txt": "contrat",
        "mzsgs/bzonjour.txt": "Bonjour {{ name }}",
        "unrelated.txt": "not ours",
    }.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return home


@pytest.fixture
def infra(folder):
    return folder / "infra.yaml"


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory):
    """The knowledge is kept where nobody else writes."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    os.environ.pop("XDG_CACHE_HOME")
    if before is not None:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture
def ed25519(tmp_path):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return written_key(tmp_path / "ed25519.pem", Ed25519PrivateKey.generate())


@pytest.fixture
def ecdsa(tmp_path):
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

    return written_key(tmp_path / "ecdsa.pem", generate_private_key(SECP256R1()))
