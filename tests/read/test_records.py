"""Values by the format: shorthands written out, and every wrong one told with its place and what to do."""

from collections.abc import Callable

import pytest

from hds_audit.model.description import Description
from hds_audit.model.record import Record, Value
from hds_audit.model.values import Day, Span

Read = Callable[..., Description]
Problems = Callable[..., list[str]]


def host(read: Read, text: str) -> Record:
    return read(f"format: hds-audit/1\napplication: {{}}\nhosts:\n  h: {text}\n", base=False).section("hosts")["h"]


def certificate(read: Read, text: str) -> Record:
    return read(f"certificates: {{c: {text}}}\n").section("certificates")["c"]


def shape(value: Value) -> object:
    """A value with its records as dictionaries."""
    if isinstance(value, Record):
        return {key: shape(inner) for key, inner in value.values.items()}
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, tuple) and not isinstance(value, Day | Span):
        return tuple(shape(inner) for inner in value)
    return str(value) if isinstance(value, Day | Span) else value


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("{location: FR}", {"location": {"country": "FR"}}),
        ("{location: false}", {"location": False}),
        ("{location: true}", {"location": True}),
        ("{location: {country: NO}}", {"location": {"country": "NO"}}),
        ("{subcontractors: hoster}", {"subcontractors": ("hoster",)}),
        ("{subcontractors: []}", {"subcontractors": ()}),
        ("{subcontractors: true}", {"subcontractors": True}),
        ("{provider: ho}", {"provider": "ho"}),
        ("{responsibilities: {platform: hoster}}", {"responsibilities": {"platform": ({"by": ("hoster",)},)}}),
        ("{responsibilities: {platform: false}}", {"responsibilities": {"platform": ()}}),
        (
            "{responsibilities: {platform: [hoster, {by: brand, under: hoster}]}}",
            {"responsibilities": {"platform": ({"by": ("hoster",)}, {"by": ("brand",), "under": "hoster"})}},
        ),
        ("{contract: {ends: false}}", {"contract": {"ends": False}}),
        ("{contract: {hds_annex: {signed: false}}}", {"contract": {"hds_annex": {"signed": False}}}),
        ("{contract: {data_processing_agreement: {clauses: true}}}", {"contract": {"data_processing_agreement": {"clauses": True}}}),
        ("{contract: {data_processing_agreement: {clauses: false}}}", {"contract": {"data_processing_agreement": {"clauses": ()}}}),
        ("{contract: {clauses: destruction}}", {"contract": {"clauses": ({"clause": "destruction"},)}}),
        (
            "{contract: {clauses: [destruction, {clause: service-levels, where: art. 2}]}}",
            {"contract": {"clauses": ({"clause": "destruction"}, {"clause": "service-levels", "where": "art. 2"})}},
        ),
        ("{support: fr}", {"support": {"languages": ("fr",)}}),
        ("{support: [fr, no]}", {"support": {"languages": ("fr", "no")}}),
        ("{transparency_url: false}", {"transparency_url": False}),
        ("{contract: {availability: 99.96, incident_notice: PT24H}}", {"contract": {"availability": 99.96, "incident_notice": "PT24H"}}),
    ],
)
def test_shorthands_of_a_host_are_written_out(read: Read, text: str, read_as: object) -> None:
    assert shape(host(read, text)) == read_as


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("keys: {k: {held_by: end-users, rotation: false}}", {"keys": {"k": {"held_by": ("end-users",), "rotation": False}}}),
        ("keys: {k: true}", {"keys": {"k": {}}}),
        ("keys: {}", {"keys": {}}),
        ("keys: true", {"keys": True}),
        ("keys: false", {"keys": False}),
        ("flows: []", {"flows": ()}),
        ("flows: true", {"flows": True}),
        ("emails: false", {"emails": False}),
        ("domains: a.example", {"domains": ({"name": "a.example"},)}),
        ("domains: [a.example, {name: b.example}]", {"domains": ({"name": "a.example"}, {"name": "b.example"})}),
        ("endpoints: https://a.example", {"endpoints": ({"url": "https://a.example"},)}),
        ("described: 2026-11", {"described": "2026-11"}),
        ("governance: {dpia: {date: 2026-01-15}}", {"governance": {"dpia": ({"date": "2026-01-15"},)}}),
        ("governance: {dpia: 2026-01-15}", {"governance": {"dpia": ({"date": "2026-01-15"},)}}),
        ("governance: {removable_media: false}", {"governance": {"removable_media": False}}),
        ("attestations: {'a:1': {status: implemented}}", {"attestations": {"a:1": ({"status": "implemented"},)}}),
        ("environments: {production: real}", {"environments": {"production": {"data": "real"}}}),
        ("organisations: {o: {parent: false}}", {"organisations": {"o": {"parent": ()}}}),
        (
            "organisations: {o: {parent: [hoster, brand], presence: NO}}",
            {"organisations": {"o": {"parent": ("hoster", "brand"), "presence": ("NO",)}}},
        ),
        (
            "organisations: {o: {siren: 000000000, subject_to: 'us:cloud-act'}}",
            {"organisations": {"o": {"siren": "000000000", "subject_to": ("us:cloud-act",)}}},
        ),
        ("logging: {central: false}", {"logging": {"central": False}}),
        ("components: {c: {encryption: volume}}", {"components": {"c": {"encryption": ({"layer": "volume"},)}}}),
        ("components: {c: {encryption: false}}", None),
        ("components: {c: {administrators: hoster}}", {"components": {"c": {"administrators": ({"organisation": "hoster"},)}}}),
        ("components: {c: {environment: anything}}", {"components": {"c": {"environment": "anything"}}}),
        ("data: true\ncomponents: {c: {stores: [d]}}", {"data": True, "components": {"c": {"stores": ("d",)}}}),
    ],
)
def test_sections_are_read_in_their_normal_form(read: Read, problems: Problems, text: str, read_as: object) -> None:
    if read_as is None:
        assert problems(text)
        return
    root = read(text).root
    assert {key: shape(value) for key, value in root.values.items() if key not in {"format", "application", "hosts"}} == read_as


@pytest.mark.parametrize("tls", ["1.2", "'1.2'", "[1.2]", "['1.2']"])
def test_versions_of_tls_are_text_whatever_their_quotes(read: Read, tls: str) -> None:
    (flow,) = read(f"flows: [{{from: patients, to: h, transport: {{tls: {tls}}}}}]").listed("flows")
    transport = flow.values["transport"]
    assert isinstance(transport, Record)
    assert transport.values["tls"] == ("1.2",)


def test_days_durations_and_numbers_compare(read: Read) -> None:
    read_one = certificate(read, "{issued: 2024-02, expires: 2026-11-22}")
    issued, expires = read_one.values["issued"], read_one.values["expires"]
    assert isinstance(issued, Day)
    assert isinstance(expires, Day)
    assert (issued.first.isoformat(), issued.last.isoformat()) == ("2024-02-01", "2024-02-29")
    assert expires.first == expires.last


def test_records_know_their_identifier_path_and_place(read: Read) -> None:
    described = read("components:\n  web:\n    encryption:\n      - layer: volume\n        key: k\nkeys: {k: {}}\n")
    component = described.section("components")["web"]
    layers = component.values["encryption"]
    assert isinstance(layers, tuple)
    layer = layers[0]
    assert isinstance(layer, Record)
    assert (component.id, component.path, layer.path) == ("web", "components.web", "components.web.encryption.0")
    places = described.files
    assert (places.key_place(component.mark).line, places.key_place(component.mark).column) == (5, 3)
    assert (places.value_place(layer.marks["key"]).line, places.value_place(layer.marks["key"]).column) == (8, 14)
    assert (places.key_place(layer.mark).line, places.key_place(layer.mark).column) == (7, 9)
    assert places.key_place(layer.mark).text == "      - layer: volume"


def test_the_plain_tree_is_what_was_written(read: Read) -> None:
    plain = read("described: 2026-11-22\nflows: []\n").plain
    assert plain == {
        "format": "hds-audit/1", "application": {"name": "A"}, "hosts": {"h": {"provider": "hoster"}}, "described": "2026-11-22", "flows": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("describde: 2026-11-22", "4:1: the key `describde` does not exist in `description`; did you mean `described`?"),
        ("hosts_: {}", "4:1: the key `hosts_` does not exist in `description`; did you mean `hosts`?"),
        ("components: {c: {Kind: database}}", "4:18: the key `Kind` does not exist in `component`; did you mean `kind`?"),
        (
            "components: {c: {internet-exposed: true}}",
            "4:18: the key `internet-exposed` does not exist in `component`; did you mean `internet_exposed`?",
        ),
        ("components: {c: {region: x}}", "4:18: the key `region` does not exist in `component`; it belongs to `host`, move it there"),
        ("components: {c: {owners: x}}", "4:18: the key `owners` does not exist in `component`; did you mean `owner`?"),
        ("keys: {k: {zzzz: x}}", "4:12: the key `zzzz` does not exist in `key`; its keys are `held_by`, `place`"),
        ("keys: {k: {rotation: 4:00}}", "4:22: `4:00`: a duration is due here"),
        ("described:", "4:11: nothing is written here; leave the key out where it is unknown, write `false` or `[]` where there is none"),
        ("described: null", "4:12: nothing is written here"),
        ("components: {c: {stores: [~]}}", "4:27: nothing is written here"),
        ("described: 2026-02-30", "4:12: `2026-02-30`: a day that exists is due here; write it as 2026-11-22, or 2026-11 for a month"),
        ("described: 22/11/2026", "4:12: `22/11/2026`: a day that exists is due here"),
        ("described: 2026", "4:12: `2026`: a day that exists"),
        ("described: true", "4:12: `true`: a day that exists"),
        ("described: [2026-11-22]", "4:12: a single value is due here: a day"),
        ("described: {a: b}", "4:12: a single value is due here: a day"),
        ("application: {rto: 4:00}", "4:1: the key `application` is already written"),
        ("keys: {k: {rotation: 1 year}}", "4:22: `1 year`: a duration is due here; write it in ISO 8601"),
        ("keys: {k: {rotation: P}}", "4:22: `P`: a duration"),
        ("keys: {k: {recovery: yes}}", "4:22: `yes` is not read as a boolean; write `true` or `false`"),
        ("keys: {k: {recovery: On}}", "4:22: `On` is not read as a boolean"),
        ("keys: {k: {recovery: True}}", "4:22: `True` is not read as a boolean"),
        ("keys: {k: {recovery: 'true'}}", "4:22: `true` is not read as a boolean"),
        ("keys: {k: {recovery: maybe}}", "4:22: `maybe`: `true` or `false` is due here"),
        ("keys: {k: {recovery: []}}", "4:22: a single value is due here: `true` or `false`"),
        ("emails: yes", "4:9: `yes` is not read as a boolean"),
        ("emails: no", "4:9: `no` is not read as a boolean"),
        ("emails: [a]", "4:9: a mapping of keys and values is due here"),
        ("keys: [k]", "4:7: a mapping of keys and values is due here"),
        ("keys: {k: false}", "4:11: this entry must say something"),
        ("flows: {from: patients, to: h}", "4:8: a list is due here; begin each entry with `-`"),
        ("flows: false", "4:8: `false` stands where a list is due; write `[]` where there is none"),
        ("flows: [true]", "4:9: this entry must say something"),
        ("flows: [{from: patients}]", "4:9: `to` is missing here; add it"),
        ("flows: [x]", "4:9: a mapping of keys and values is due here"),
        ("organisations: {o: {country: fr}}", "4:30: `fr`: a country code is due here; write its two capital letters"),
        ("organisations: {o: {country: France}}", "4:30: `France`: a country code is due here"),
        ("organisations: {o: {country: UK}}", "4:30: no country has this code"),
        ("organisations: {o: {presence: [FR, XX]}}", "4:36: no country has this code"),
        ("organisations: {o: {owners: [{share: a lot}]}}", "4:38: `a lot`: a number is due here"),
        ("organisations: {o: {owners: [{share: '12,5'}]}}", "4:38: `12,5`: a number is due here"),
        ("organisations: {o: {owners: [{share: -3}]}}", "4:38: `-3`: a number is due here"),
        ("organisations: {o: {owners: [{share: 1e3}]}}", "4:38: `1e3`: a number is due here"),
        ("components: {c: {zones: 2.5}}", "4:25: `2.5`: a whole number is due here"),
        ("components: {c: {zones: ٣}}", "4:25: `٣`: a whole number is due here"),
        ("components: {c: {kind: databse}}", "4:24: `databse` is no word of the format here; did you mean `database`?"),
        ("components: {c: {kind: zzz}}", "4:24: `zzz` is no word of the format here; write one of `application`, `function`"),
        ("components: {c: {kind: true}}", "4:24: `true` is no word of the format here"),
        ("components: {c: {kind: [database]}}", "4:24: `[…]` is no word of the format here"),
        ("components: {c: {host: hh}}", "4:24: `hh` is not found under `hosts`; did you mean `h`?"),
        ("components: {c: {host: zz}}", "4:24: `zz` is not found under `hosts`; add an entry `zz` under `hosts`"),
        (
            "components: {c: {administrators: zz}}",
            "4:34: `zz` is not found under `organisations`; add an entry `zz` under `organisations` or use one of the catalogue",
        ),
        ("components: {web: {}, c: {copy_of: [wed]}}", "4:37: `wed` is not found under `components`; did you mean `web`?"),
        ("components: {c: {host: true}}", "4:24: one identifier is due here"),
        ("components: {c: {host: [h]}}", "4:24: one identifier is due here"),
        ("components: {c: {environment: prod}}\nenvironments: {production: {}}", "4:31: `prod` is not found under `environments`"),
        ("organisations: {o: {parent: hoste}}", "4:29: `hoste` is not found under `organisations`; did you mean `hoster`?"),
        (
            "organisations: {o: {subject_to: ['us:cloudact']}}",
            "4:34: `us:cloudact` is not found under `laws`; did you mean `us:cloud-act`?",
        ),
        ("organisations: {o: {subject_to: [zz]}}", "4:34: `zz` is not found under `laws`; write a law of the catalogue"),
        ("components: {a b: {}}", "4:14: this cannot be an identifier"),
        ("components: {'true': {}}", "4:14: this cannot be an identifier"),
        ("components: {null: {}}", "4:14: this cannot be an identifier"),
        ("components: {'': {}}", "4:14: this cannot be an identifier"),
        ("endpoints: [ftp://a.example]", "4:13: `ftp://a.example`: a web address is due here; write it with https://"),
        ("endpoints: ['https:// a']", "4:13: `https:// a`: a web address"),
        ("components: {c: {product: {version: ' '}}}", "4:37: ` `: a version is due here"),
        ("components: {c: {owner: ' '}}", "4:25: ` `: a text is due here"),
        ("components: {c: {owner: true}}", "4:25: `true`: a text is due here; put it in quotes"),
    ],
)
def test_a_wrong_value_is_told_with_its_place_and_what_to_do(problems: Problems, text: str, problem: str) -> None:
    assert f"infra.yaml:{problem}" in {line[: len(f"infra.yaml:{problem}")] for line in problems(text)}


def test_both_languages_say_the_same_of_the_same_place(problems: Problems) -> None:
    text = "describde: 2026-11-22\nkeys: {k: {recovery: yes, rotation: x}}\ncomponents: {c: {host: hh, kind: zzz}}\nflows: false\n"
    english, french = problems(text), problems(text, language="fr")
    assert [line.split(": ")[0] for line in english] == [line.split(": ")[0] for line in french]
    assert len(english) == 6
    assert not set(english) & set(french)
    assert "infra.yaml:4:1: la clé `describde` n'existe pas dans `description` ; vouliez-vous dire `described` ?" in french


def test_every_problem_is_told_at_once_in_the_order_of_the_file(problems: Problems) -> None:
    told = problems("flows: false\nkeys: {k: {recovery: maybe}}\ndescribed: soon\nfoo: 1\nfoo: 2\n")
    assert [":".join(line.split(":")[:3]) for line in told] == [
        "infra.yaml:4:8", "infra.yaml:5:22", "infra.yaml:6:12", "infra.yaml:7:1", "infra.yaml:8:1",
    ]  # fmt: skip


def test_beyond_a_thousand_problems_their_number_is_told(problems: Problems) -> None:
    told = problems("keys:\n" + "".join(f"  k{n}: {{wrong: 1}}\n" for n in range(1500)))
    assert len(told) == 1001
    assert told[-1] == "and 500 more problems; mend these first"


def test_what_is_required_is_asked_for(problems: Problems) -> None:
    assert problems("described: 2026-11-22\n", base=False) == [
        "infra.yaml:1:1: `application` is missing here; add it",
        "infra.yaml:1:1: `format` is missing here; add it",
        "infra.yaml:1:1: `hosts` is missing here; add it",
    ]


@pytest.mark.parametrize("hosts", ["{}", "false", "true"])
def test_a_description_needs_at_least_one_host(problems: Problems, hosts: str) -> None:
    (told,) = problems(f"format: hds-audit/1\napplication: true\nhosts: {hosts}\n", base=False)
    assert told.startswith("infra.yaml:3:8: at least one host is needed")


def test_a_description_without_an_application_is_refused(problems: Problems) -> None:
    (told,) = problems("format: hds-audit/1\napplication: false\nhosts: {h: {}}\n", base=False)
    assert told.startswith("infra.yaml:2:14: an audit needs an application")


def test_another_format_is_refused(problems: Problems) -> None:
    (told,) = problems("format: hds-audit/2\napplication: {}\nhosts: {h: {}}\n", base=False)
    assert told == "infra.yaml:1:9: `hds-audit/2` is no word of the format here; did you mean `hds-audit/1`?"
