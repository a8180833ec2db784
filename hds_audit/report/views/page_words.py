"""The sentences of the page that no view says."""

from collections.abc import Mapping

from hds_audit.model.text import Language, Text

_WORDS = {
    "report": Text("Compliance audit report", "Rapport d'audit de conformité"),
    "skip": Text("Skip to the content", "Aller au contenu"),
    "contents": Text("Contents", "Sommaire"),
    "as_of": Text("as of {}", "arrêté au {}"),
    "by": Text("by", "par"),
    "confidential": Text("Confidential", "Confidentiel"),
    "logo": Text("Logo", "Logo"),
    "comment": Text("The author's comment", "Commentaire de l'auteur"),
    "first": Text("What to know first", "L'essentiel"),
    "do_first": Text("Do first:", "À faire d'abord :"),
    "then": Text("Then:", "Puis :"),
    "client": Text("Client", "Client"),
    "author": Text("Author", "Auteur"),
    "ordinal": Text(
        "A text complies when each of its requirements in force is met; one that is not met is enough for “partly”, or for “does not "
        "comply” where none is met; one that is not shown or waits for a person is enough for “cannot be judged”.",
        "Un texte est conforme lorsque chacune de ses exigences en vigueur est tenue ; une seule non tenue suffit pour « partiellement "
        "conforme », ou pour « non conforme » si aucune autre n'est tenue ; une seule non démontrée ou à attester, pour « ne peut être "
        "jugé ».",
    ),
    "diagram": Text(
        "One lane for each organisation that runs something, from left to right as data leave people. The sign in a box is "
        "the verdict that "
        "speaks first there; “§” is a foreign law with a link to it. The data map says the same in words.",
        "Une bande par organisation exploitante, de gauche à droite à mesure que les données s'éloignent des personnes. Le "
        "signe d'une case "
        "est le verdict qui prime ; « § » signale une loi étrangère rattachée. La cartographie des données dit la même chose en mots.",
    ),
    "grouped": Text(
        "Things alike on one host stand as one box.",
        "Les éléments semblables d'un même hébergeur sont réunis en une case.",
    ),
    "edges_left": Text("Flows not drawn: {}; the table of flows has them.", "Flux non dessinés : {} ; le tableau des flux les donne."),
    "no_diagram": Text(
        "Nothing to draw: no component and no flow is declared.", "Rien à dessiner : aucun composant ni flux n'est déclaré."
    ),
    "law_sure": Text("foreign law, link established", "loi étrangère, lien établi"),
    "law_debated": Text("foreign law, link debated", "loi étrangère, lien débattu"),
    "copied": Text("copy (backup)", "copie (sauvegarde)"),
    "advice": Text("advice not followed", "recommandation non suivie"),
    "exposure": Text(
        "Each path says by which link a law reaches data, and what could be read at its end: a link is no proof of access.",
        "Chaque chemin dit par quel lien une loi atteint des données, et ce qui pourrait être lu à son terme : un lien ne "
        "prouve pas un accès.",
    ),
    "no_path": Text(
        "No established link found on {}, on declared and catalogued facts. That is no immunity.",
        "Aucun lien établi constaté au {}, d'après les faits déclarés et le catalogue. Cela ne vaut pas immunité.",
    ),
    "data": Text("Data: ", "Données : "),
    "places": Text("At: ", "Lieux : "),
    "to_declare": Text("To declare:", "À déclarer :"),
    "findings": Text(
        "{} findings of {} rules, passes included. Confidence is high where nothing else is said; numbers in brackets are "
        "those of the sources, at the end.",
        "{} constats de {} règles, conformités comprises. La confiance est élevée sauf mention contraire ; les numéros entre "
        "crochets renvoient aux sources, en fin de rapport.",
    ),
    "filter": Text("Filter the findings", "Filtrer les constats"),
    "all": Text("all", "tous"),
    "f_text": Text("Text", "Texte"),
    "f_level": Text("Level", "Niveau"),
    "f_verdict": Text("Verdict", "Verdict"),
    "f_kind": Text("Subject", "Sujet"),
    "f_words": Text("Words", "Mots"),
    "reset": Text("Clear", "Effacer"),
    "shown": Text("Rules shown: {} of {}", "Règles affichées : {} sur {}"),
    "acts": Text("Who acts: ", "Qui agit : "),
    "pack": Text("rule of the user's own pack", "règle d'un jeu propre à l'utilisateur"),
    "colon": Text(": ", "\u00a0: "),
    "semicolon": Text("; ", "\u00a0; "),
    "more": Text("and {} more", "et {} de plus"),
    "remedy": Text("Remedy", "Correction"),
    "debated": Text("On the law", "Sur le droit"),
    "limits": Text("Limit", "Limite"),
    "sources": Text("Sources", "Sources"),
    "introduced": Text("new", "nouveau"),
    "waived": Text("{} (owner: {}; approved by: {}; until {})", "{} (porteur : {} ; approuvé par : {} ; jusqu'au {})"),
    "confidence": Text("Confidence: ", "Confiance : "),
    "facts": Text("Facts ({})", "Faits ({})"),
    "facts_left": Text("and {} more in the JSON report", "et {} de plus dans le rapport JSON"),
    "table": Text("Table: {}", "Tableau : {}"),
    "drawing": Text("Drawing of the data flows", "Dessin des flux de données"),
    "asked": Text("To attest: ", "À attester : "),
    "answer": Text(
        "A person answers, with a date and a document, under `attestations`, by the requirement.",
        "Une personne répond, avec une date et une pièce, sous `attestations`, à l'exigence citée.",
    ),
    "quiet": Text("Rules that hold or apply to nothing here: ", "Règles tenues ou sans objet ici : "),
    "doubt": Text("reservation", "réserve"),
    "foot": Text(
        "Neither a certification nor a legal opinion.",
        "Ni certification ni avis juridique.",
    ),
}


def page_words(language: Language) -> Mapping[str, str]:
    """The sentences of the page in one language."""
    return {name: said.said(language) for name, said in _WORDS.items()}
