"""The texts from their folder; what reads YAML is imported only when there is a folder to read."""

from pathlib import Path

from hds_audit.errors import InputError
from hds_audit.model.framework import Frameworks, assemble


def load_frameworks(folder: Path) -> Frameworks:
    """Every text that the files of a folder hold, with the exclusions that a statement of applicability cannot make.

    Raises InputError with every problem found, each `file:line:column: entry: what is wrong`.
    """
    from hds_audit.read.catalogue_entry import Noted
    from hds_audit.read.framework_links import SOA, note_broken_links
    from hds_audit.read.framework_tables import read_contradictions, read_framework

    noted = Noted([])
    paths = sorted(path for path in folder.glob("*.yaml") if path.name != SOA)
    if not paths:
        noted.add(str(folder), None, "holds no text; a folder of frameworks is due", "ne contient aucun texte")
    reads = tuple(read for path in paths if (read := read_framework(path, noted)))
    soa = read_contradictions(folder / SOA, noted) if (folder / SOA).exists() else ()
    if len(reads) == len(paths):  # links into a file that cannot be read would all seem broken
        note_broken_links(reads, soa, noted)
    if noted.problems:
        raise InputError(*noted.problems)
    return assemble(tuple(read.text for read in reads), soa)
