"""What is said of keys: why someone can use one, and how far it protects."""

from __future__ import annotations

from collections.abc import Sequence

from hds_audit.model.text import Text

HOLDS = Text("holds it", "la détient")
MANAGES = Text(
    "manages it as the provider of the host it lies on",
    "la gère en tant que fournisseur de l'hébergeur où elle se trouve",
)
UNUSED = Text("no layer of encryption names this key", "aucune couche de chiffrement ne nomme cette clé")
UNKNOWN = Text(
    "how far this key protects cannot be told yet",
    "on ne peut pas encore dire jusqu'où cette clé protège",
)
HELD_OUTSIDE = Text(
    "the host cannot use this key by itself, yet the data are in the clear in its machines while they are used",
    "l'hébergeur ne peut pas utiliser seul cette clé, mais les données sont en clair dans ses machines pendant leur utilisation",
)
NEVER_SEEN = Text(
    "the host keeps ciphertext that it cannot open",
    "l'hébergeur ne conserve que des données chiffrées qu'il ne peut pas ouvrir",
)


def runs(host: str) -> Text:
    """A key that lies on a host."""
    return Text(f"runs {host}, the host it lies on", f"exploite {host}, l'hébergeur où elle se trouve")


def provider_managed(names: Sequence[str]) -> Text:
    """Encryption at rest with the provider's own key."""
    who = ", ".join(names)
    return Text(
        f"encrypted at rest with a key in the hands of {who}, who also hosts the data: this stops a thief of disks, "
        "not the host, nor an order addressed to it",
        f"chiffré au repos avec une clé aux mains de {who}, qui héberge aussi les données : cela arrête un voleur de disques, "
        "pas l'hébergeur, ni une injonction qui lui est adressée",
    )


def provider_usable(names: Sequence[str]) -> Text:
    """The customer's key in the host's own key service."""
    who = ", ".join(names)
    return Text(
        f"the customer can withdraw this key, but it lies where {who} can use it, who also hosts the data",
        f"le client peut révoquer cette clé, mais elle se trouve là où {who}, qui héberge aussi les données, peut l'utiliser",
    )


def reached(organisation: str, law: str) -> Text:
    """A custodian under a third country's law."""
    return Text(
        f"the host cannot use this key, but {organisation} can, and {law} reaches it",
        f"l'hébergeur ne peut pas utiliser cette clé, mais {organisation} le peut, et {law} l'atteint",
    )
