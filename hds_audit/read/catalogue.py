"""The catalogue from its folder; what reads YAML is imported only when there is a folder to read."""

from pathlib import Path

from hds_audit.errors import InputError
from hds_audit.model.catalogue import Catalogue


def load_catalogue(folder: Path) -> Catalogue:
    """The catalogue that the files of a folder hold.

    Raises InputError with every problem found, each `file:line:column: entry: what is wrong`.
    """
    from hds_audit.read.catalogue_entry import Noted
    from hds_audit.read.catalogue_links import note_broken_links
    from hds_audit.read.catalogue_tables import read_catalogue

    noted = Noted([])
    catalogue = read_catalogue(folder, noted)
    if not noted.problems:
        note_broken_links(catalogue, noted)
    if noted.problems:
        raise InputError(*noted.problems)
    return catalogue
