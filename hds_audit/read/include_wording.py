"""What the reader says of `include` and of files: what is wrong; what to do."""

from __future__ import annotations

from hds_audit.model.text import Text
from hds_audit.read.wording import shown

NOT_A_PATH = Text(
    "`include` takes the names of files; write a list of paths",
    "`include` attend des noms de fichiers ; écrivez une liste de chemins",
)
NO_FOLDER = Text(
    "nothing can be included here, since the description has no folder; write the content in place",
    "rien ne peut être inclus ici, la description n'ayant pas de dossier ; écrivez le contenu sur place",
)
TOO_MUCH = Text(
    "too many or too large files are included; at most 200 files and 64 MiB in all",
    "trop de fichiers inclus, ou trop volumineux ; au plus 200 fichiers et 64 Mio en tout",
)
OTHER_FORMAT = Text(
    "an included file is of another format; write `format: hds-audit/1` or leave the key out",
    "un fichier inclus est d'un autre format ; écrivez `format: hds-audit/1` ou retirez la clé",
)
DIRECTORY = Text("this is a directory; give the file in it", "ceci est un dossier ; indiquez le fichier qu'il contient")
ABSENT = Text("there is no such file; check the path", "ce fichier n'existe pas ; vérifiez le chemin")
FORBIDDEN = Text(
    "the file may not be read; check its permissions",
    "le fichier ne peut être lu ; vérifiez ses droits d'accès",
)
NOT_A_FILE = Text("this is no regular file; include files only", "ceci n'est pas un fichier ordinaire ; n'incluez que des fichiers")


def outside(path: str) -> Text:
    """A path that leads out of the folder."""
    return Text(
        f"`{shown(path)}` lies outside the description's folder; move the file into it",
        f"`{shown(path)}` est hors du dossier de la description ; déplacez-y le fichier",
    )


def circle(path: str) -> Text:
    """A file that includes itself, in however many steps."""
    return Text(
        f"`{shown(path)}` includes itself, directly or through others; break the circle",
        f"`{shown(path)}` s'inclut lui-même, directement ou par d'autres ; rompez le cercle",
    )


def not_readable(reason: str) -> Text:
    """The system refuses to read it."""
    return Text(f"the file cannot be read ({shown(reason)}); check it", f"le fichier ne peut être lu ({shown(reason)}) ; vérifiez-le")
