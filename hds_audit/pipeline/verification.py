"""A dossier verified: its manifest, its signature, its report against its input, and the audit made again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from hds_audit.errors import CheckFailedError, InputError, Problem
from hds_audit.model.report import Report
from hds_audit.model.text import Text, numbered
from hds_audit.seal.manifest import MANIFEST, PUBLIC_KEY, SIGNATURE, broken, parse_manifest

INPUT, REPORT, REQUEST, WAIVERS, EVIDENCE, PACKS = "input", "report.json", "request.json", "waivers.yaml", "evidence.json", "packs"
FORMAT = "hds-audit-seal/1"
_AS_SEALED = (
    Text("{} file is as it was sealed", "{} fichier conforme au manifeste"),
    Text("{} files are as they were sealed", "{} fichiers conformes au manifeste"),
)
_MOST_TOLD, _MOST_PACKS = 50, 100
_KEPT_APART = frozenset({"resolved", "exit_code", "generated"})  # what a baseline gives, and the moment


class Sealed(NamedTuple):
    """How a dossier was made: the main file in `input/`, the name it was audited under, what lies beside, the digests of the rules."""

    main: str
    named: str
    max_age: str
    packs: int
    rules_digest: str
    redacted: bool = False


def verify(folder: Path, trusted: Path | None = None, replay: bool = False) -> tuple[Text, ...]:
    """What holds, told line by line; raises CheckFailedError with everything that does not, InputError where there is no dossier."""
    content = _read(folder, MANIFEST)
    listed = parse_manifest(str(folder / MANIFEST), content)
    problems = [*broken(folder, listed)]
    told = [numbered(len(listed), *_AS_SEALED)]
    signed, by = _signature(folder, listed, content, trusted)
    problems += signed
    if problems:
        raise CheckFailedError(*problems[:_MOST_TOLD])
    sealed, report = _sealed(folder), _report(folder)
    if not sealed.redacted:
        problems += _inputs(folder, sealed, report)
    if replay and not problems:
        problems += replayed(folder, sealed, report)
        told.append(Text("the audit made again finds the same", "l'audit rejoué trouve les mêmes constats"))
    if problems:
        raise CheckFailedError(*problems[:_MOST_TOLD])
    return (*told, by)


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(Problem(str(folder), f"no dossier: {name} is not there", f"pas un dossier scellé : {name} manque")) from None


def _signature(folder: Path, listed: Mapping[str, str], content: bytes, trusted: Path | None) -> tuple[list[Problem], Text]:
    """What is wrong with the signature, and who signed."""
    there = (folder / SIGNATURE).is_file()
    if not there:
        if PUBLIC_KEY in listed or trusted is not None:
            return [Problem(SIGNATURE, "the signature is not there", "la signature manque")], Text("", "")
        return [], Text("not signed: it shows no more than that its files agree", "non signé : seule la cohérence des fichiers est établie")
    from hds_audit.seal.signature import fingerprint, holds, public_key

    if trusted is None and not (folder / PUBLIC_KEY).is_file():
        return [Problem(PUBLIC_KEY, "the key that it is signed with is not there", "la clé de la signature manque")], Text("", "")
    name = str(trusted or folder / PUBLIC_KEY)
    key = public_key(name, trusted.read_bytes() if trusted else _read(folder, PUBLIC_KEY))
    if not holds(key, (folder / SIGNATURE).read_bytes(), content):
        return [
            Problem(SIGNATURE, f"is not the signature of the manifest by {name}", f"n'est pas la signature du manifeste par {name}")
        ], Text("", "")
    by = fingerprint(key)
    if trusted is not None:
        return [], Text(f"signed by the key given ({by})", f"signé par la clé fournie ({by})")
    return [], Text(f"signed by the key that lies in it ({by}): compare it with one that you trust",
                    f"signé par la clé jointe ({by}) : à comparer à une clé obtenue par une autre voie")  # fmt: skip


def _sealed(folder: Path) -> Sealed:
    content = _read(folder, REQUEST)
    try:
        node = json.loads(content)
        if node["format"] != FORMAT:
            raise ValueError(node["format"])
        sealed = Sealed(node["main"], node["named"], node["max_age"], node["packs"], node["rules_digest"], node["redacted"])
        if Path(sealed.main).name != sealed.main or not 0 <= sealed.packs <= _MOST_PACKS:
            raise ValueError(sealed.main)
        return sealed
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            Problem(str(folder / REQUEST), f"not a request of {FORMAT}: {error!r}", f"pas au format {FORMAT} : {error!r}")
        ) from None


def _report(folder: Path) -> Report:
    from hds_audit.read.report import parse_report

    return parse_report(str(folder / REPORT), _read(folder, REPORT))


def _inputs(folder: Path, sealed: Sealed, report: Report) -> Iterator[Problem]:
    """Every input that the report names, and that the dossier does not hold with that digest."""
    import hashlib

    for item in report.inputs:
        path = folder / INPUT / relative(item.path, sealed.named)
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != item.sha256:
            yield Problem(item.path, "is not the input that the report speaks of", "n'est pas le fichier dont parle le rapport")


def relative(path: str, main: str) -> str:
    """The path of an input from the folder of the main one."""
    folder = PurePosixPath(main).parent
    return PurePosixPath(path).relative_to(folder).as_posix() if PurePosixPath(path).is_relative_to(folder) else PurePosixPath(path).name


def replayed(folder: Path, sealed: Sealed, report: Report) -> tuple[Problem, ...]:
    """What the audit of the sealed input, made again, finds otherwise; the rules must be those that it was made with."""
    if sealed.redacted:
        return (Problem(str(folder), "a redacted copy cannot be replayed", "une copie caviardée ne se rejoue pas"),)
    from hds_audit.pipeline.check import known

    ours = known()
    differ = [
        Problem(REPORT, f"was made with other {en} ({was[:12]}; here {now[:12]}): replay it with version {report.tool.version}",
                f"a été fait avec {fr} ({was[:12]} ; ici {now[:12]}) : rejouer avec la version {report.tool.version}")
        for en, fr, was, now in (
            ("rules", "d'autres règles", sealed.rules_digest, ours.rules_digest),
            ("catalogue data", "un autre catalogue", report.tool.catalogue_digest, ours.catalogue_digest),
        )
        if was != now
    ]  # fmt: skip
    return tuple(differ) or tuple(_otherwise(report, _again(folder, sealed, report), sealed, folder))


def _again(folder: Path, sealed: Sealed, report: Report) -> Report:
    from hds_audit.model.values import parse_span
    from hds_audit.pipeline.audit import Request
    from hds_audit.pipeline.check import Beside, check, known

    packs = tuple(pack for number in range(sealed.packs) if (pack := folder / PACKS / str(number)).is_dir())  # an empty one leaves none
    waivers, evidence = folder / WAIVERS, folder / EVIDENCE
    beside = Beside(
        waivers=waivers if waivers.is_file() else None,
        evidence=evidence if evidence.is_file() else None,
        max_age=parse_span(sealed.max_age) if sealed.max_age else None,
    )
    request = Request(report.as_of, report.gate, generated=report.generated)
    return check(str(folder / INPUT / sealed.main), known(packs), request, beside)


def _otherwise(old: Report, new: Report, sealed: Sealed, folder: Path) -> Iterator[Problem]:
    before, after = _plain(old, sealed.named), _plain(new, (folder / INPUT / sealed.main).as_posix())
    for key in dict.fromkeys([*before, *after]):
        if key not in _KEPT_APART and before.get(key) != after.get(key):
            yield Problem(f"{REPORT}: {key}", f"the audit made again says otherwise{_where(before.get(key), after.get(key))}",
                          f"l'audit rejoué dit autre chose{_where(before.get(key), after.get(key))}")  # fmt: skip


def _where(before: object, after: object) -> str:
    """The first entry of a list at which two tables part."""
    if not isinstance(before, list) or not isinstance(after, list):
        return ""
    number = next(
        (index for index, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), min(len(before), len(after))
    )
    entry = (before + after)[number] if number >= len(before) else before[number]
    name = entry.get("fingerprint") or entry.get("path") or entry.get("control") if isinstance(entry, dict) else ""
    return f" ({len(before)} → {len(after)}, #{number} {name or ''})"


def _plain(report: Report, main: str) -> dict[str, object]:
    """The report as plain data, free of where its files lay and of what a baseline marked."""
    from hds_audit.report.format import Style
    from hds_audit.report.json import render

    node: dict[str, object] = json.loads(b"".join(render(report, Style())))
    tool = node["tool"]
    if isinstance(tool, dict):
        tool.pop("rules", None)  # told apart: the digest of packs bears where they lay
    return {key: _moved(value, main) for key, value in node.items()}


def _moved(value: object, main: str) -> object:
    if isinstance(value, dict):
        return {
            key: relative(item, main) if key == "file" and isinstance(item, str) else _moved(item, main)
            for key, item in value.items()
            if key != "state" or "fingerprint" not in value
        }
    if isinstance(value, list):
        return [
            _input(item, main) if isinstance(item, dict) and item.keys() == {"path", "sha256"} else _moved(item, main) for item in value
        ]
    return value


def _input(item: dict[str, object], main: str) -> dict[str, object]:
    return {**item, "path": relative(str(item["path"]), main)}
