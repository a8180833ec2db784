"""What `explain` says in French holds no word of the machine."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from hds_audit.model.framework import Kind, Nature, Status
from hds_audit.pipeline.check import known
from hds_audit.pipeline.explaining import explain

WORDS = {*get_args(Status), *get_args(Nature), *get_args(Kind)}


@pytest.mark.parametrize("about", ["hds:EXI-30", "HDS-28-STORAGE", "gdpr:44", "us:cloud-act", "csp:L.1111-8"])
def test_statuses_and_natures_are_said(about: str) -> None:
    said = dict(explain(about, known(), "fr"))
    assert re.search(r"\((?:texte lu|lu dans une source secondaire|non lu, de mémoire),", said["Sources"])
    assert WORDS.isdisjoint(said.get("Nature", "").split(", "))
