"""A large description, made: as many components, flows and keys as are asked for, on a handful of hosts."""

from __future__ import annotations

_HEAD = """format: hds-audit/1
described: 2026-11-20
application: {name: Generated, operator: us, operator_kind: private, public: [patients]}
organisations:
  us: {name: Us, country: FR, parent: false, subject_to: [], presence: []}
data:
  account: {categories: [identity, contact], subjects: [patients], health: none, controller: [us], identifiability: identified}
  record: {categories: [health], subjects: [patients], health: nature,
    controller: [health-professionals], collected_in: [care], identifiability: identified}
hosts:
  paas: {provider: scalingo, service: paas, offer: scalingo-paas, region: osc-fr1, replicated_to: [], certificates: [hds]}
  cloud: {provider: aws, service: iaas, region: eu-west-3, replicated_to: []}
  mailer: {provider: mailjet, service: email}
certificates:
  hds: {holder: scalingo, standard: hds, version: "2.0", scope: {offers: all, regions: [osc-fr1], sites: all},
    issued: 2025-09-12, expires: 2028-09-11,
    activities: [physical-sites, hardware, virtual-infrastructure, platform, administration, backup]}
keys:
  disk: {held_by: [scalingo], place: host-kms, host: paas, managed_by: provider}
"""
_COMPONENT = """  database-{n:05d}:
    kind: database
    host: {host}
    owner: team-{team}
    environment: production
    zone: data
    internet_exposed: false
    stores: [account, record]
    encryption:
      - {{layer: volume, algorithm: AES-256-XTS, key: disk}}
    administrators: [us]
    access: {{mfa: true, bastion: true, nominative: true, reviewed: 2026-06-01}}
    logging: {{access: true, administration: true, retention: P6M}}
    product: {{name: postgresql, version: "16.4", end_of_support: 2028-11-09}}
"""
_FLOW = "  - {{from: database-{a:05d}, to: database-{b:05d}, data: [record], transport: {{protocol: postgresql, tls: ['1.3']}}}}\n"


def description(components: int, flows: int | None = None) -> str:
    """A description of so many components, and of a flow for each second one where `flows` is left out."""
    body = "".join(_COMPONENT.format(n=n, host="paas" if n % 3 else "cloud", team=n % 9) for n in range(components))
    count = components // 2 if flows is None else flows
    paths = "".join(_FLOW.format(a=n % components, b=(n * 7 + 1) % components) for n in range(count))
    return f"{_HEAD}components:\n{body}flows:\n{paths}"
