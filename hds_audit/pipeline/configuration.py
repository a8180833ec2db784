"""Where each setting of a run comes from: flags over the environment over a file over what is so by default."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.errors import InputError, MisuseError, Problem
from hds_audit.model.configuration import (
    BY_NAME,
    OTHER_VARIABLES,
    PREFIX,
    SETTINGS,
    Chosen,
    Configuration,
    Setting,
    Value,
    allowed_untrusted,
    value_of,
    value_of_text,
)
from hds_audit.model.report import GateView
from hds_audit.model.rule import FRAMEWORKS, LEVELS, SEVERITIES
from hds_audit.model.text import Language, Text
from hds_audit.model.values import parse_span
from hds_audit.pipeline.audit import Request
from hds_audit.pipeline.check import Beside

if TYPE_CHECKING:
    from hds_audit.pipeline.output import Target
    from hds_audit.report.format import Style


class Given(NamedTuple):
    """What whoever runs the audit said: the flags that were written, by the names of settings, and the environment."""

    flags: Mapping[str, object]
    environment: Mapping[str, str]


def configured(given: Given, folder: Path | None) -> Configuration:
    """Every setting for the description of a folder (None: no file is read); raises MisuseError and InputError with all that is wrong."""
    problems: list[Problem] = []
    said = {**_from_environment(given.environment, problems), **_from_flags(given.flags, problems)}
    if problems:
        raise MisuseError(*problems)
    path = _file_for(folder)
    written = _from_file(path) if path is not None else {}
    trusted = "trust-config" in said and said["trust-config"].value is True
    unsaid = () if trusted else tuple(item for name, item in written.items() if name not in said)
    refused = tuple(item for item in unsaid if path is not None and _refused(item, path.parent))
    chosen = {setting.name: Chosen(setting, setting.default) for setting in SETTINGS}
    return Configuration({**chosen, **written, **said}, refused, path.as_posix() if path is not None else "")


def _file_for(folder: Path | None) -> Path | None:
    if folder is None:
        return None
    from hds_audit.read.configuration import configuration_file

    return configuration_file(folder)


def _from_file(path: Path) -> dict[str, Chosen]:
    from hds_audit.read.configuration import read_configuration

    return {item.setting.name: item for item in read_configuration(path)}


def _refused(item: Chosen, folder: Path) -> bool:
    from hds_audit.read.configuration import leaves_folder

    return not allowed_untrusted(item.setting, item.value) or leaves_folder(item, folder)


def _from_environment(environment: Mapping[str, str], problems: list[Problem]) -> dict[str, Chosen]:
    variables = {setting.variable: setting for setting in SETTINGS}
    found: dict[str, Chosen] = {}
    for name, written in environment.items():
        if not name.startswith(PREFIX) or name in OTHER_VARIABLES or not written:
            continue
        setting = variables.get(name)
        if setting is None:
            en, fr = _near(name, variables)
            problems.append(Problem(name, f"there is no such setting{en}", f"ce réglage n'existe pas{fr}"))
        else:
            _keep(found, Chosen(setting, "", "environment", name), value_of_text(setting, written), problems)
    return found


def _near(name: str, variables: Mapping[str, Setting]) -> tuple[str, str]:
    import difflib

    near = difflib.get_close_matches(name, variables, 1)
    return (f"; did you mean {near[0]}?", f" ; vouliez-vous {near[0]} ?") if near else ("", "")


def _from_flags(flags: Mapping[str, object], problems: list[Problem]) -> dict[str, Chosen]:
    found: dict[str, Chosen] = {}
    for name, raw in flags.items():
        setting = BY_NAME[name]
        value = value_of_text(setting, raw) if isinstance(raw, str) else value_of(setting, raw)
        _keep(found, Chosen(setting, "", "flag", f"--{name}"), value, problems)
    return found


def _keep(found: dict[str, Chosen], item: Chosen, value: Value | Text, problems: list[Problem]) -> None:
    if isinstance(value, Text):
        problems.append(Problem(item.place, value.en, value.fr))
    else:
        found[item.setting.name] = item._replace(value=value)


def require_allowed(configuration: Configuration) -> None:
    """Raises InputError with every setting that an untrusted file may not make."""
    if configuration.refused:
        raise InputError(*(_may_not(item) for item in configuration.refused))


def _may_not(item: Chosen) -> Problem:
    name = item.setting.name
    why, pourquoi = {
        "stricter": ("would make the gate laxer", "assouplirait le seuil"),
        "trusted": ("is not for a file that nobody trusts", "ne relève pas d'un fichier non approuvé"),
    }.get(item.setting.bound, ("leaves its folder", "sort de son dossier"))
    return Problem(
        item.place, f"{name} {why}; give --{name}, or --trust-config if this file may decide",
        f"{name} {pourquoi} ; donner --{name}, ou --trust-config si ce fichier peut en décider",
    )  # fmt: skip


def require_coherent(configuration: Configuration, path: str, onto: Path | None = None, live: bool = False) -> None:
    """Raises MisuseError with every two settings that contradict one another."""
    baseline, since, evidence = (bool(configuration.text(name)) for name in ("baseline", "since", "evidence"))
    pairs = (
        (baseline and since, "--since", "--baseline"), (evidence and live, "--live", "--evidence"),
        (since and onto is not None, "--since", "--with"), (since and path == "-", "--since", "-"), (live and path == "-", "--live", "-"),
    )  # fmt: skip
    problems = [Problem(one, f"does not go with {other}", f"ne va pas avec {other}") for met, one, other in pairs if met]
    if problems:
        raise MisuseError(*problems)


def gate_of(configuration: Configuration) -> GateView:
    """The gate that the settings make."""
    level, severity, listed = configuration.text("gate"), configuration.text("min-severity"), configuration.listed("frameworks")
    return GateView(
        next(word for word in LEVELS if word == level),
        next(word for word in SEVERITIES if word == severity),
        tuple(word for word in FRAMEWORKS if word in listed),
        "report" if configuration.text("on-unknown") == "report" else "fail",
        configuration.flag("require-attestations"),
        configuration.text("environment"),
    )


class Moment(NamedTuple):
    """When and for whom a run is: today, the moment that reports bear, the language where no setting names one."""

    today: date
    generated: str
    language: Language


def request_of(configuration: Configuration, moment: Moment) -> Request:
    """What the settings ask of an audit."""
    said = configuration.text("as-of")
    return Request(date.fromisoformat(said) if said else moment.today, gate_of(configuration), generated=moment.generated)


def beside_of(configuration: Configuration, onto: Path | None = None) -> Beside:
    """The files that the settings name beside the description."""
    waivers, evidence, baseline = (_path(configuration, name) for name in ("waivers", "evidence", "baseline"))
    strict, most = configuration.flag("strict-waivers"), parse_span(configuration.text("max-age"))
    return Beside(waivers, evidence, baseline, onto, strict, most, configuration.text("since"))


def _path(configuration: Configuration, name: str) -> Path | None:
    said = configuration.text(name)
    return Path(said) if said else None


def targets_of(configuration: Configuration) -> tuple["Target", ...]:
    """The reports to write; those that a file names start from its folder."""
    from hds_audit.pipeline.output import target

    chosen = configuration.chosen["output"]
    found = tuple(target(item) for item in configuration.listed("output"))
    if chosen.origin != "file":
        return found
    folder = Path(configuration.file).parent
    return tuple(item if item.path == "-" else item._replace(path=(folder / item.path).as_posix()) for item in found)


def style_of(configuration: Configuration, language: Language) -> "Style":
    """What the author adds to reports; raises InputError where a file that it names cannot be read."""
    from hds_audit.report.format import Style

    spoken = configuration.text("lang") or language
    comment, logo = _content(configuration, "comment"), _content(configuration, "logo")
    return Style(
        "fr" if spoken == "fr" else "en", configuration.text("client"), configuration.text("author"),
        comment.decode("utf-8", "replace"), logo, configuration.text("accent"),
    )  # fmt: skip


def _content(configuration: Configuration, name: str) -> bytes:
    path = configuration.text(name)
    if not path:
        return b""
    from hds_audit.read.files import read_bytes

    return read_bytes(Path(path), path)


def shown(configuration: Configuration) -> Iterator[tuple[str, str, str]]:
    """Each setting with its value and its origin as a person reads them: the place in a file, the variable, the flag."""
    for setting in SETTINGS:
        item = configuration.chosen[setting.name]
        yield setting.name, _written(item.value), item.place or item.origin


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
