"""What holds the texts together: ids that are unique and begin as their file says, and links that lead somewhere."""

from hds_audit.model.framework import Control, SoaContradiction
from hds_audit.read.catalogue_entry import Noted
from hds_audit.read.framework_tables import Read

SOA = "soa.yaml"


def note_broken_links(reads: tuple[Read, ...], soa: tuple[SoaContradiction, ...], noted: Noted) -> None:
    """Notes each id given twice, each prefix that is another file's, and each link to nothing."""
    held: dict[str, str] = {}
    for read in reads:
        for control in read.text.controls:
            if control.id in held:
                _note(read, control, f"stands in {held[control.id]} already", f"figure déjà dans {held[control.id]}", noted)
            held[control.id] = f"{read.text.id}.yaml"
    for read in reads:
        for control in read.text.controls:
            _note_control(read, control, held, noted)
    for name in (name for contradiction in soa for name in contradiction.controls):
        if name not in held:
            noted.add(SOA, None, f"{name}: no text holds this control", f"{name} : aucun texte ne le porte")


def _note_control(read: Read, control: Control, held: dict[str, str], noted: Noted) -> None:
    prefix, _, number = control.id.partition(":")
    text, wanted = read.text, ", ".join(read.text.prefixes)
    if not number or prefix not in text.prefixes:
        _note(read, control, f"the id begins with one of: {wanted}, and a colon", f"l'identifiant commence par : {wanted}", noted)
    for name in control.related:
        if name not in held or name == control.id:
            _note(read, control, f"related names {name}, which no other control is", f"related cite {name}, inconnu", noted)
    if text.until and (control.until is None or control.until > text.until):
        _note(read, control, f"it outlives its text, which ends {text.until}", "il survit à son texte", noted)


def _note(read: Read, control: Control, en: str, fr: str, noted: Noted) -> None:
    noted.add(f"{read.text.id}.yaml", read.nodes.get(control.id), f"{control.id}: {en}", f"{control.id} : {fr}")
