"""Answers of people, and documents that back what is declared."""

from hds_audit.model.fields import DAY, TEXT, URL, Words
from hds_audit.model.format.events import DOCUMENT, WHERE
from hds_audit.model.format.writing import key, record

ATTESTATION = record(
    "attestation",
    "A person's dated answer to a control that no description can decide.",
    "La réponse datée d'une personne à une exigence qu'aucune description ne peut trancher.",
    key(
        "status",
        Words(("implemented", "not-implemented", "not-applicable")),
        "The answer; `not-applicable` needs a reason.",
        "La réponse ; `not-applicable` demande un motif.",
        required=True,
    ),
    key("by", TEXT, "Who answers.", "Qui répond."),
    key("date", DAY, "Day of the answer.", "Date de la réponse."),
    key(
        "expires",
        DAY,
        "Last day it holds; a year after its own where none is given.",
        "Dernier jour de validité ; à défaut, un an après sa date.",
    ),
    key("reason", TEXT, "Why.", "Motif."),
    key("subject", TEXT, "What it is about, where not the whole application.", "Son objet, s'il ne s'agit pas de toute l'application."),
    DOCUMENT,
)

EVIDENCE = record(
    "evidence",
    "A document that backs a declared fact.",
    "Un document à l'appui d'un fait déclaré.",
    key(
        "for",
        TEXT,
        "Path of the fact, such as hosts.paas.contract.hds_annex.",
        "Chemin du fait, comme hosts.paas.contract.hds_annex.",
        required=True,
    ),
    DOCUMENT,
    WHERE,
    key("url", URL, "Address of the document, where it is public.", "Adresse du document, s'il est public."),
    key("sha256", TEXT, "SHA-256 of the file, 64 hexadecimal digits.", "SHA-256 du fichier, 64 chiffres hexadécimaux."),
    key("date", DAY, "Date of the document.", "Date du document."),
)
