"""What each change says it does, in the imperative that a team reads."""

from __future__ import annotations

from hds_audit.model.text import Text, elides, of

_DROPPED = {
    "administrators": Text("Have {1} administer {0} no longer", "Retirer à {1} l'administration {2}"),
    "readers": Text("Take from {1} the right to read {0}", "Retirer à {1} la lecture de {0}"),
    "remote_access": Text("Close to {1} the access from abroad to {0}", "Fermer à {1} l'accès depuis l'étranger à {0}"),
    "transfers": Text("Send nothing from {0} to {1} any more", "Ne plus rien transférer {2} vers {1}"),
    "subcontractors": Text("Choose for {0} an offer that does not rest on {1}", "Choisir pour {0} une offre qui ne s'appuie pas sur {1}"),
}


def _that(name: str) -> str:
    return f"qu'{name}" if elides(name) else f"que {name}"


def other_host(host: str) -> Text:
    """Another provider for a host."""
    return Text(
        f"Take {host} from another provider, in the EEA, that no such law is known to reach",
        f"Prendre {host} chez un autre fournisseur de l'EEE, hors de portée connue d'une telle loi",
    )


def other_custodian(key: str) -> Text:
    """A key in other hands."""
    return Text(
        f"Put {key} in an HSM that you manage, held by an organisation that no such law is known to reach",
        f"Placer {key} dans un HSM que vous gérez, tenu par une organisation hors de portée connue d'une telle loi",
    )


def end_to_end(component: str) -> Text:
    """Encryption on devices, over a store."""
    return Text(
        f"Encrypt on the users' devices what {component} stores",
        f"Chiffrer sur les terminaux des utilisateurs ce {_that(component)} stocke",
    )


def encrypt_first(component: str, datum: str) -> Text:
    """Encryption before storing."""
    return Text(
        f"Encrypt {datum} on another host before {component} stores it, with a key that its host cannot use",
        f"Chiffrer {datum} chez un autre hébergeur avant stockage dans {component}, avec une clé hors de portée de son hébergeur",
    )


def keep_away(component: str, datum: str) -> Text:
    """A component that does without."""
    return Text(f"Keep {datum} out of {component}", f"Ne plus confier {datum} à {component}")


def stop_sending(flow: str, datum: str) -> Text:
    """A flow that carries less."""
    return Text(f"Send {datum} no more through {flow}", f"Ne plus transmettre {datum} par {flow}")


def stop_terminating(flow: str) -> Text:
    """Encryption that nobody ends on the way."""
    return Text(
        f"Let nobody end the encryption of {flow} on the way", f"Ne laisser personne mettre fin en chemin au chiffrement {of(flow)}"
    )


def end_to_end_flow(flow: str) -> Text:
    """Encryption on devices, over a flow."""
    return Text(f"Encrypt end to end what {flow} carries", f"Chiffrer de bout en bout ce {_that(flow)} transporte")


def stop_showing(template: str, datum: str) -> Text:
    """A message that shows less."""
    return Text(f"Take {datum} out of the message {template}", f"Retirer {datum} du message {template}")


def other_party(host: str, organisation: str) -> Text:
    """Another signature."""
    return Text(
        f"Sign for {host} with its provider rather than {organisation}",
        f"Signer pour {host} avec son fournisseur plutôt qu'avec {organisation}",
    )


def dropped(key: str, place: str, organisation: str) -> Text:
    """An organisation less."""
    said = _DROPPED[key]
    return Text(said.en.format(place, organisation), said.fr.format(place, organisation, of(place)))
