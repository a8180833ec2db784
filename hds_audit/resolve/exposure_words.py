"""What each step of a path says of itself."""

from __future__ import annotations

from datetime import date
from typing import Literal

from hds_audit.model.catalogued import Law
from hds_audit.model.exposure import Role
from hds_audit.model.text import Text, elides, of

Seat = Literal["seat", "presence", "access"]

NO_COUNTRY = Text("its country is not known", "son pays n'est pas connu")
NO_PARENT = Text("who controls it is not known", "on ignore qui la contrôle")
REMEMBERED = Text(
    "its country or who controls it is known from memory only: it informs and does not decide",
    "son pays ou son contrôle n'est connu que de mémoire : cela informe sans décider",
)
NO_PROVIDER = Text("nobody says who provides it", "son fournisseur n'est pas déclaré")
STORES = Text("stores it", "les stocke")
STORES_SENT = Text("keeps what is sent to the service", "conserve ce qui est envoyé au service")
PROCESSES = Text("processes it in the clear", "les traite en clair")
RELAYS = Text("relays it", "les relaie")
CARRIES = Text("carries it", "les transporte")
MIGHT_CARRY = Text("may carry it: nobody says which data flow here", "les transporte peut-être : les données du flux ne sont pas déclarées")
SENDS = Text("sends messages that show it", "envoie des messages qui les montrent")
SILENT = Text("nobody says whether it stores, processes or relays it", "rien n'indique s'il les stocke, les traite ou les relaie")
UNLISTED = Text(
    "a flow brings it there though the component does not list it",
    "un flux les y amène alors que le composant ne les mentionne pas",
)
NOT_CLOSED = Text("is a key of which nobody has said who can use it", "est une clé dont les utilisateurs possibles ne sont pas déclarés")
CUSTODY = Text("is the key of that layer", "est la clé de cette couche")
OPERATES = Text("is the application that it serves", "est l'application servie")
SENT_ABROAD = Text("is sent data from here outside the EEA", "reçoit d'ici des données hors EEE")

_ROLES: dict[Role, Text] = {
    "provider": Text("provides this host", "fournit cet hébergement"),
    "party": Text("signed the contract of this host", "a signé le contrat de cet hébergement"),
    "subcontractor": Text("is a subcontractor that it rests on", "est un sous-traitant sur lequel il s'appuie"),
    "operator": Text("operates the application", "exploite l'application"),
    "administrator": Text("administers it", "l'administre"),
    "reader": Text("reads its data", "en lit les données"),
    "remote-access": Text("has access from outside the EEA", "y accède depuis un pays hors EEE"),
    "recipient": Text("receives it", "les reçoit"),
    "terminator": Text("ends the encryption on the way", "met fin au chiffrement en chemin"),
}
_HEALTH = {
    "nature": Text("health data by nature", "données de santé par nature"),
    "combination": Text("health data by combination", "données de santé par croisement"),
    "destination": Text("health data by destination", "données de santé par destination"),
}
_MAY_BE_HEALTH = Text("may be personal health data: not said", "peut-être des données de santé à caractère personnel : non précisé")
_SEATS: dict[Seat, tuple[str, str]] = {
    "seat": ("is the country of {}", "est le pays de {}"),
    "presence": ("is a country where {} has an establishment: debated", "est un pays où {} a un établissement : débattu"),
    "access": ("is a country that people of {} work from: debated", "est un pays d'où intervient du personnel de {} : débattu"),
}
_TRANSPARENT = Text(
    "is a layer that stops a thief of disks, not who runs the machine",
    "est une couche qui arrête le voleur de disques, pas celui qui exploite la machine",
)


def role(name: Role) -> Text:
    """What an organisation does there."""
    return _ROLES[name]


def datum(health: object) -> Text:
    """Why the data count."""
    return _HEALTH.get(str(health), _MAY_BE_HEALTH)


def runs_on(component: str) -> Text:
    """A host under a component."""
    return Text(f"is the host that {component} runs on", f"est l'hébergeur {of(component)}")


def receives(source: str) -> Text:
    """A host at the end of a flow, or at its start."""
    return Text(f"is an end of {source}", f"est une extrémité {of(source)}")


def copy_of(sources: str) -> Text:
    """A backup or replica."""
    return Text(f"stores a copy of {sources}", f"stocke une copie {of(sources)}")


def layer(name: str, *, hides: bool) -> Text:
    """A layer of encryption over what is stored."""
    if not hides:
        return Text(f"{name}: {_TRANSPARENT.en}", f"{name} : {_TRANSPARENT.fr}")
    return Text(f"is the key of a layer {name} that hides the content", f"est la clé d'une couche {name} qui masque le contenu")


def unnamed_layer(name: str) -> Text:
    """A layer of which nobody names the key."""
    return Text(f"is under a layer {name} whose key is not named", f"est sous une couche {name} dont la clé n'est pas nommée")


def usable(organisation: str) -> Text:
    """A key that an organisation of the path can use itself."""
    return Text(f"is a key that {organisation} can use", f"est une clé utilisable par {organisation}")


def seen_by(component: str) -> Text:
    """A component that encrypts, on a host of the same organisation."""
    return Text(f"{component} encrypts, and its host sees what it encrypts", f"{component} chiffre, et son hébergeur voit ce qu'il chiffre")


def controls(child: str) -> Text:
    """A parent."""
    return Text(f"controls {child}", f"contrôle {child}")


def takes_part(kind: str, organisation: str) -> Text:
    """A company that is no parent and yet brings its law."""
    if kind == "owner":
        return Text(f"holds the majority of {organisation}", f"détient la majorité {of(organisation)}")
    return Text(f"takes part in running the service of {organisation}", f"participe à l'exploitation du service {of(organisation)}")


def seat(how: Seat, organisation: str) -> Text:
    """A country on the path."""
    english, french = _SEATS[how]
    french = french.replace("de {}", "d'{}") if elides(organisation) else french
    return Text(english.format(organisation), french.format(organisation))


def law(entry: Law, on: date) -> Text:
    """A law of that country, with what is left of it once it has lapsed."""
    text = Text(f"is a law of that country: {entry.title.en}", f"est une loi de ce pays : {entry.title.fr}")
    return _lapsed(text, entry, on)


def subject_to(organisation: str, entry: Law | None, on: date) -> Text:
    """A law that an organisation says reaches it."""
    text = Text(f"is a law that {organisation} says reaches it", f"est une loi à laquelle {organisation} se déclare soumise")
    return _lapsed(text, entry, on) if entry else text


def _lapsed(text: Text, entry: Law, on: date) -> Text:
    if entry.reach(on) != "certifications":
        return text
    days = f"{entry.span.until}", f"{entry.certifications_until}"
    return Text(
        f"{text.en}; lapsed on {days[0]}, what was certified under it runs until {days[1]}: debated",
        f"{text.fr} ; caduque depuis le {days[0]}, ses certifications courent jusqu'au {days[1]} : débattu",
    )


def colludes(law_id: str) -> Text:
    """A key in the hands of another that the same law reaches."""
    return Text(
        f"is the key of that layer: {law_id} also reaches who can use it",
        f"est la clé de cette couche : {law_id} atteint aussi qui peut l'utiliser",
    )


def might_collude(law_id: str) -> Text:
    """A key in the hands of another that the same law reaches debatably."""
    return Text(
        f"is the key of that layer: whether {law_id} also reaches who can use it is debated",
        f"est la clé de cette couche : que {law_id} atteigne aussi qui peut l'utiliser est débattu",
    )


def uses(key: str) -> Text:
    """A custodian on the path."""
    return Text(f"can use {key}", f"peut utiliser {key}")
