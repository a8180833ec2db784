"""A second implementation of exposure, slow and plain: every chain of owners is walked, every unknown is tried both ways.

It reads the description as plain data and shares no code with the real one. The degrees that a reader may have are all those
that some completion of the description gives; the real implementation has to report them without trying.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from exposure_worlds import DAY, Plain

from hds_audit.model.catalogue import Catalogue

ORDER = ["none", "ciphertext", "in-use", "key-held", "clear"]
SURE = ["established", "debated", "unknown"]
TRANSPARENT = ("volume", "storage-service", "database")
SENT = (
    "email", "sms", "push", "health-messaging", "video", "analytics", "advertising", "error-monitoring", "logging", "support-desk",
    "payments", "source-code", "ai-inference", "saas",
)  # fmt: skip


class AskError(Exception):
    """A question that the description does not answer."""


class Naive:
    """The description with the catalogue, and the answers assumed so far."""

    def __init__(self, plain: Plain, catalogue: Catalogue) -> None:
        self.plain, self.catalogue, self.assumed = plain, catalogue, {}  # type: ignore[var-annotated]

    # -- questions -------------------------------------------------------------------------------------------------------------
    def either(self, question: object) -> bool:
        if question not in self.assumed:
            raise AskError(question)
        return bool(self.assumed[question])

    def outcomes(self, compute: Callable[[], str]) -> set[str]:
        """Every result over every completion of what is asked on the way."""
        try:
            return {compute()}
        except AskError as ask:
            question = ask.args[0]
            found = set()
            for answer in (True, False):
                self.assumed[question] = answer
                found |= self.outcomes(compute)
                del self.assumed[question]
            return found

    # -- organisations ---------------------------------------------------------------------------------------------------------
    def section(self, name: str) -> Plain:
        return self.plain.get(name, {})

    def name(self, said: str) -> str:
        if said in self.section("organisations"):
            return said
        known = self.catalogue.organisation(said)
        if known is None:
            return said
        declared = [each for each in self.section("organisations") if each in (known.id, *known.aliases)]
        return declared[0] if declared else known.id

    def key(self, organisation: str, key: str) -> Any:
        return self.section("organisations").get(organisation, {}).get(key)

    def countries(self, organisation: str) -> list[tuple[str, bool]]:
        """Readings of the country, each with whether it is only remembered."""
        said, known = self.key(organisation, "country"), self.catalogue.organisation(organisation)
        theirs = (known.country, known.country_status) if known and known.country else None
        if said is None:
            return [(theirs[0], theirs[1] == "recalled")] if theirs and theirs[0] else []
        if theirs and theirs[1] == "verified" and theirs[0] != said:
            return [(said, False), (str(theirs[0]), False)]
        return [(said, False)]

    def parents(self, organisation: str) -> tuple[list[tuple[str, bool]], str]:
        """Parents, each with whether it is only remembered, and how open the list is: closed, remembered, or silent."""
        said, known = self.key(organisation, "parent"), self.catalogue.organisation(organisation)
        owners = list(known.owners) if known and known.owners else []
        if said is None:
            named = [(self.name(each.owner), each.status == "recalled") for each in owners if each.owner]
            if not owners:
                return named, "silent"
            return named, "remembered" if any(each.owner is None and each.status == "recalled" for each in owners) else "closed"
        declared = [] if said is False else [self.name(each) for each in (said if isinstance(said, list) else [said])]
        above = {each for start in declared for chain in self.chains(start, frozenset()) for each in chain}
        further = [self.name(each.owner) for each in owners if each.owner and each.status == "verified" and self.name(each.owner) not in above]
        return [(each, False) for each in [*declared, *further]], "closed"

    def chains(self, organisation: str, seen: frozenset[str]) -> Iterator[tuple[str, ...]]:
        """Every path upwards, by brute force."""
        yield (organisation,)
        if organisation not in seen:
            for parent, _ in self.parents(organisation)[0]:
                for rest in self.chains(parent, seen | {organisation}):
                    yield (organisation, *rest)

    def remembered_chain(self, chain: tuple[str, ...]) -> bool:
        pairs = itertools.pairwise(chain)
        return any(all(only for parent, only in self.parents(child)[0] if parent == above) for child, above in pairs)

    def computing(self, organisation: str) -> bool:
        for host in self.section("hosts").values():
            if host.get("service") not in ("managed-services", "on-premises"):
                named = [host.get("provider"), *(host.get("subcontractors") or []), (host.get("contract") or {}).get("party")]
                named += [by for activity, by in (host.get("responsibilities") or {}).items() if activity != "administration"]
                if organisation in [self.name(each) for each in named if isinstance(each, str)]:
                    return True
        ending = [name for flow in self.plain.get("flows", []) for name in flow.get("terminated_by") or []]
        if organisation in [self.name(each) for each in ending if each not in self.section("hosts")]:
            return True
        return self.role(organisation) == "communication-or-computing"

    def role(self, organisation: str) -> str:
        known = self.catalogue.organisation(organisation)
        return self.key(organisation, "role") or (known.role if known else "other")

    def laws_of(self, code: str) -> list[Any]:
        states = [code, *([self.catalogue.countries[code].part_of] if self.catalogue.countries[code].part_of else [])]
        return [each for each in self.catalogue.laws.values() if each.country in states and each.binds and each.reach(DAY) != "not-in-force"]

    def links(self, organisation: str) -> dict[str | None, str]:
        """How sure each law is; the unknown law under None: `unknown` where nobody said, `remembered` where memory alone says."""
        return {law: sure for law, (sure, _) in self.grounds(organisation).items()}

    def grounds(self, organisation: str) -> dict[str | None, tuple[str, bool]]:
        """How sure each law is, and whether its ground is weak (a presence, or no such provider), whatever became of the law."""
        found: dict[str | None, list[tuple[str, bool]]] = {}
        reached = [(chain[-1], chain) for chain in self.chains(organisation, frozenset())]
        unsaid = remembered = False
        for top, chain in reached:
            doubtful = self.remembered_chain(chain)
            for code, only, presence in self.seats(top):
                for each in self.laws_of(code):
                    binds = self.role(organisation) in each.binds or ("communication-or-computing" in each.binds and self.computing(organisation))
                    weak = presence or not binds
                    sure = "debated" if weak or each.reach(DAY) == "certifications" else "established"
                    found.setdefault(each.id, []).append(("unknown" if doubtful or only else sure, weak))
            for name in self.key(top, "subject_to") or []:
                each = self.catalogue.laws[name]
                if each.binds and each.reach(DAY) != "not-in-force":
                    sure = "debated" if each.reach(DAY) == "certifications" else "established"
                    found.setdefault(name, []).append(("unknown" if doubtful else sure, False))
            unsaid = unsaid or not self.countries(top) or self.parents(top)[1] == "silent"
        best = {name: min(each, key=lambda ground: (SURE.index(ground[0]), ground[1])) for name, each in found.items()}
        if not {"established", "unknown"} & {sure for sure, _ in best.values()}:
            remembered = any(self.remembers(top) for top, _ in reached)
        if unsaid or remembered:
            best[None] = ("unknown" if unsaid else "remembered", False)
        return best

    def remembers(self, top: str) -> bool:
        """Whether something at this organisation is known from memory only."""
        parents, closed = self.parents(top)
        return closed == "remembered" or any(only for _, only in [*parents, *self.countries(top)])

    def operating(self, organisation: str) -> list[tuple[str, bool, bool]]:
        known = self.catalogue.organisation(organisation)
        said = self.key(organisation, "subject_to") is not None
        listed = known.operating if known else ()
        return [(each.country, each.status == "recalled", False) for each in listed if not (said and each.status == "recalled")]

    def seats(self, organisation: str) -> list[tuple[str, bool, bool]]:
        """Countries whose laws reach it: code, whether only remembered, whether by mere presence."""
        known, said = self.catalogue.organisation(organisation), self.key(organisation, "presence")
        verified = known is not None and known.presence_status == "verified"
        theirs = list(known.presence or ()) if known else []
        places = [(each, False) for each in said or []]
        if said is None or verified:
            places += [(each, bool(known and known.presence_status == "recalled")) for each in theirs if each not in (said or [])]
        controlled = [(each["country"], False, False) for each in self.key(organisation, "owners") or [] if each.get("share", 0) > 50 and "country" in each]
        own = [(code, only, False) for code, only in self.countries(organisation)]
        return [*own, *self.operating(organisation), *controlled, *[(code, only, True) for code, only in places]]

    # -- who touches -----------------------------------------------------------------------------------------------------------
    def housing_only(self, host: Plain, organisation: str) -> bool:
        performed: dict[str, set[str]] = {}
        for activity, by in (host.get("responsibilities") or {}).items():
            performed.setdefault(self.name(by), set()).add(activity)
        if organisation in performed:
            return performed[organisation] == {"physical-sites"}
        return host.get("service") == "housing" and organisation == self.name(host.get("provider", ""))

    def around(self, host_id: str | None) -> list[tuple[str, bool, frozenset[str] | None, tuple[str, ...]]]:
        """Who stands around a host: organisation, housing only, limited to these data, working from these countries."""
        host = self.section("hosts").get(host_id) if host_id else None
        if host is None:
            return [("", False, None, ())]
        provider = self.name(host["provider"]) if "provider" in host else ""
        found = [(provider, bool(provider) and self.housing_only(host, provider), None, ())]
        contract = host.get("contract") or {}
        if "party" in contract and self.name(contract["party"]) != provider:
            party = self.name(contract["party"])
            found.append((party, self.housing_only(host, party), None, ()))
        rested = [self.name(each) for each in host.get("subcontractors") or []]
        rested += [self.name(each) for each in (host.get("responsibilities") or {}).values()]
        found += [(each, self.housing_only(host, each), None, ()) for each in dict.fromkeys(rested) if each != provider]
        for access in host.get("remote_access") or []:
            limits = frozenset(access["data"]) if "data" in access else None
            who = self.name(access["organisation"]) if "organisation" in access else provider
            if who:
                found.append((who, False, limits, (access["country"],) if "country" in access else ()))
        return found  # type: ignore[return-value]

    def running(self, host_id: str) -> set[str]:
        return {name for name, housing, _, _ in self.around(host_id) if name and not housing}

    def beside(self, component: Plain) -> list[tuple[str, bool, frozenset[str] | None, tuple[str, ...]]]:
        found = []
        operator = self.plain["application"].get("operator")
        if operator:
            found.append((self.name(operator), False, None, ()))
        for each in [*(component.get("administrators") or []), *(component.get("readers") or [])]:
            each = {"organisation": each} if isinstance(each, str) else each
            limits = frozenset(each["data"]) if "data" in each else None
            came = each.get("from", [])
            found.append((self.name(each["organisation"]), False, limits, tuple([came] if isinstance(came, str) else came)))
        return found  # type: ignore[return-value]

    # -- keys ------------------------------------------------------------------------------------------------------------------
    def users(self, key: str) -> tuple[set[str], set[str], bool]:
        """Who can use a key, who may, and whether anybody may."""
        said, found, opened = self.section("keys")[key], set(), False
        if "held_by" in said:
            found |= {self.name(each) for each in said["held_by"] if each != "end-users"}
        else:
            opened = True
        place, manager = said.get("place"), said.get("managed_by")
        hosts = [said["host"]] if "host" in said else []
        if not hosts and place == "host-kms":
            hosts = [each["host"] for each in self.section("components").values() if "host" in each and key in [layer.get("key") for layer in each.get("encryption") or []]]
        providers = [self.section("hosts")[each].get("provider") for each in hosts]
        if manager == "provider":
            found |= {self.name(each) for each in providers if each}
            opened = opened or not hosts or None in providers
        if place == "device" or (place == "hsm" and manager == "customer"):
            return found, set(), opened
        if not hosts:
            holders = [each for each in said.get("held_by", []) if each != "end-users"]
            return found, set(), opened or not (place == "external-kms" and holders)
        runners = {who for each in hosts for who in self.running(each)}
        if place is None or (place == "hsm" and manager is None):
            return found, runners - found, opened or None in providers
        return found | runners, set(), opened or None in providers

    def opens(self, organisation: str, key: str | None, law: str | None, layer_id: object) -> bool:
        """Whether this organisation, or another under the same law, can use the key."""
        if key is None:
            return self.either(("unnamed key", layer_id))
        users, doubtful, opened = self.users(key)
        if organisation in users:
            return True
        if organisation in doubtful and self.either(("may use", organisation, key)):
            return True
        if law is not None:
            mine = self.grounds(organisation).get(law, ("debated", True))
            for user in users | doubtful:
                theirs = self.grounds(user)
                together = law in theirs and self.as_sure(theirs[law], mine)
                if together and (user in users or self.either(("may use", user, key))):
                    return True
            for user in users | doubtful:
                known = self.links(user)
                unsure = known.get(law) == "unknown" or known.get(None) == "unknown"
                if unsure and self.either(("reached", user, law)):
                    return True
        return opened and self.either(("can use", organisation, key))

    def as_sure(self, theirs: tuple[str, bool], mine: tuple[str, bool]) -> bool:
        """Whether a custodian counts beside a reader: an unsure reader beside anybody, a strong one beside a strong one."""
        if mine[0] == "unknown":
            return True
        return theirs[0] != "unknown" and (mine[1] or not theirs[1])

    # -- degrees ---------------------------------------------------------------------------------------------------------------
    def layered(self, organisation: str, housing: bool, layers: list[tuple[object, Plain]], law: str | None) -> str:
        degrees = ["clear"]
        for layer_id, layer in layers:
            if self.opens(organisation, layer.get("key"), law, layer_id):
                degrees.append("key-held")
            elif layer["layer"] in TRANSPARENT and not housing:
                degrees.append("in-use")
            elif layer["layer"] == "application" and "by" in layer:
                host = self.section("components")[layer["by"]].get("host")
                sees = organisation in self.running(host) if host else self.either(("host of", layer["by"]))
                degrees.append("in-use" if sees else "ciphertext")
            else:
                degrees.append("ciphertext")
        return min(degrees, key=ORDER.index)

    def layers_at(self, component: str, datum: str) -> list[tuple[object, Plain]] | None:
        said = self.section("components")[component].get("encryption")
        if said is None:
            return None
        return [((component, number), each) for number, each in enumerate(said) if datum in each.get("data", [datum])]

    def holds(self, component: str, role: str) -> list[str] | None:
        said = self.section("components")[component]
        if role in said:
            return list(said[role])
        if role == "stores" and "copy_of" in said:
            found: list[str] = []
            for source in said["copy_of"]:
                copied = self.holds(source, "stores")
                if copied is None:
                    return None
                found += copied
            return found
        return [] if any(each in said for each in ("stores", "processes", "relays", "copy_of")) else None

    def sealed(self, datum: str) -> list[list[tuple[object, Plain]]]:
        found = []
        for name in self.section("components"):
            if datum in (self.holds(name, "stores") or []):
                layers = [each for each in self.layers_at(name, datum) or [] if each[1]["layer"] == "end-to-end"]
                if not layers:
                    return []
                found.append(layers)
        return found

    def hidden(self, flow: int, datum: str) -> list[tuple[object, Plain]]:
        said = self.plain["flows"][flow].get("encryption") or []
        return [((flow, number), each) for number, each in enumerate(said) if each["layer"] in ("application", "end-to-end") and datum in each.get("data", [datum])]

    def travelling(self, organisation: str, flows: list[int], datum: str, law: str | None, *, every: bool) -> str:
        """What is read of data on the way: the lowest of what hides them."""
        found = ["clear"]
        own = [self.hidden(flow, datum) for flow in flows]
        if own and all(own):
            found.append(max((self.layered(organisation, False, each, law) for each in own), key=ORDER.index))
        if stacks := self.sealed(datum):
            found.append(max((self.layered(organisation, False, each, law) for each in stacks), key=ORDER.index))
        return min(found, key=ORDER.index)

    def flows(self, datum: str) -> list[int]:
        return [number for number, flow in enumerate(self.plain.get("flows", [])) if datum in flow.get("data", [datum])]

    def ways(self, datum: str) -> Iterator[tuple[str, str, tuple[str, ...], Callable[[str | None], str]]]:
        """Every way: the place, the organisation, the countries its people work from, and the degree under a law."""
        for component, said in self.section("components").items():
            yield from self.at_component(component, said, datum)
        for number in self.flows(datum):
            yield from self.at_flow(number, self.plain["flows"][number], datum)

    def at_component(self, component: str, said: Plain, datum: str) -> Iterator[tuple[str, str, tuple[str, ...], Callable[[str | None], str]]]:
        service = self.section("hosts").get(said.get("host", ""), {}).get("service") in SENT
        roles = {role: self.holds(component, role) for role in ("stores", "processes", "relays")}
        passing = [number for number in self.flows(datum) if "data" in self.plain["flows"][number] and component in (self.plain["flows"][number]["from"], self.plain["flows"][number]["to"])]
        silent = None in roles.values() and not any(datum in (held or []) for held in roles.values())
        unlisted = bool(passing) and not any(held is None or datum in held for held in roles.values())
        everyone = [(*each, True) for each in self.around(said.get("host"))] + [(*each, False) for each in self.beside(said)]
        for organisation, housing, limits, came, of_host in everyone:
            if limits is not None and datum not in limits:
                continue
            if silent or unlisted:
                yield component, organisation, came, lambda law, key=(component, datum): "clear" if self.either(("holds", key)) else "none"
            if datum in (roles["stores"] or []):
                yield component, organisation, came, self.stored(component, said, datum, organisation, housing, service and of_host)
            if housing:
                continue
            if datum in (roles["processes"] or []):
                if service and of_host:
                    yield component, organisation, came, lambda law, who=organisation: self.travelling(who, passing, datum, law, every=True)
                else:
                    yield component, organisation, came, lambda law: "in-use"
            if datum in (roles["relays"] or []):
                yield component, organisation, came, lambda law, who=organisation: self.travelling(who, passing, datum, law, every=True)

    def stored(self, component: str, said: Plain, datum: str, organisation: str, housing: bool, service: bool) -> Callable[[str | None], str]:
        def degree(law: str | None) -> str:
            layers = self.layers_at(component, datum)
            if service:
                kept = [each for each in layers or [] if self.before_service(said, each[1])]
                return self.layered(organisation, housing, kept, law)
            if layers is None:
                return "clear" if self.either(("bare", component)) else "none"
            return self.layered(organisation, housing, layers, law)

        return degree

    def before_service(self, said: Plain, layer: Plain) -> bool:
        if layer["layer"] == "end-to-end":
            return True
        by = self.section("components").get(layer.get("by", ""))
        return layer["layer"] == "application" and by is not None and by.get("host") != said.get("host")

    def at_flow(self, number: int, flow: Plain, datum: str) -> Iterator[tuple[str, str, tuple[str, ...], Callable[[str | None], str]]]:
        components, hosts = self.section("components"), self.section("hosts")

        def degree(organisation: str) -> Callable[[str | None], str]:
            if "data" not in flow:
                return lambda law: "clear" if self.either(("carries", number, datum)) else "none"
            return lambda law: self.travelling(organisation, [number], datum, law, every=True)

        for end in dict.fromkeys((flow["from"], flow["to"])):
            if end in hosts and end not in components:
                for organisation, housing, limits, came in self.around(end):
                    if not housing and (limits is None or datum in limits):
                        yield end, organisation, came, degree(organisation)
        ends = [end for end in (flow["to"], flow["from"]) if end in components or end in hosts]
        for name in flow.get("terminated_by") or []:
            place = ends[0] if ends else self.named(number)
            for organisation, housing, limits, came in self.around(name) if name in hosts else [(self.name(name), False, None, ())]:
                if not housing and (limits is None or datum in limits):
                    yield place, organisation, came, degree(organisation)

    def named(self, number: int) -> str:
        """The identifier of a flow: its ends, and its rank where another has the same."""
        names = [f"{flow['from']}->{flow['to']}" for flow in self.plain["flows"][: number + 1]]
        rank = names.count(names[-1])
        return names[-1] if rank == 1 else f"{names[-1]}#{rank}"

    # -- all together ----------------------------------------------------------------------------------------------------------
    def exposures(self) -> dict[tuple[str | None, str, str, str], tuple[str, str]]:
        found: dict[tuple[str | None, str, str, str], tuple[str, str]] = {}
        for datum, said in self.section("data").items():
            if said.get("health") == "none":
                continue
            grouped: dict[tuple[str, str], list[tuple[tuple[str, ...], Callable[[str | None], str]]]] = {}
            for place, organisation, came, degree in self.ways(datum):
                grouped.setdefault((place, organisation), []).append((came, degree))
            for (place, organisation), ways in grouped.items():
                for law, sure, admitted in self.considered(organisation, ways):
                    reported = self.reported(said, organisation, admitted, law)
                    if reported:
                        found[law, organisation, datum, place] = (reported, sure)
        return found

    def considered(self, organisation: str, ways: list[Any]) -> Iterator[tuple[str | None, str, list[Any]]]:
        known = self.links(organisation) if organisation else {None: "unknown"}
        for law, sure in known.items():
            yield law, "unknown" if law is None else sure, [degree for _, degree in ways]
        for each in self.catalogue.laws.values():
            admitted = [degree for came, degree in ways if organisation and any(each in self.laws_of(code) for code in came)]
            if admitted and each.id not in known:
                yield each.id, "debated", admitted

    def reported(self, said: Plain, organisation: str, ways: list[Any], law: str | None) -> str | None:
        def worst() -> str:
            if "health" not in said and "health" not in said.get("categories", ()) and not self.either("is it health data"):
                return "none"
            if not organisation and not self.either("does anybody provide it"):
                return "none"
            return max((degree(law) for degree in ways), key=ORDER.index)

        possible = sorted(self.outcomes(worst), key=ORDER.index)
        if possible == ["none"]:
            return None
        least = possible[0]
        return least if len(possible) == 1 or ORDER.index(least) >= 2 else "unknown"
