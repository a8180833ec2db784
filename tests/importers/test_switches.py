"""Variables that switch TLS, and what they do not speak of."""

from __future__ import annotations

import pytest
from plan_building import ReadText, section

COMPOSE = """
services:
  web:
    image: registry/web
    depends_on: [db, cache, files]
    environment:
{}
  db: {{image: 'postgres:16'}}
  cache: {{image: 'redis:7'}}
  files: {{image: minio/minio}}
"""


def told(read_text: ReadText, *lines: str) -> dict[str, object]:
    """What is known of TLS on each flow, by where it goes."""
    found = read_text("compose", compose_yml=COMPOSE.format("".join(f"      {line}\n" for line in lines)))
    said = {str(flow["to"]): flow.get("transport", {}).get("tls") for flow in section(found, "flows").values()}
    return {end: tls for end, tls in said.items() if tls is not None}


@pytest.mark.parametrize(
    "line",
    [
        "SMTP_SECURE: 'true'", "FORCE_SSL: 'true'", "COOKIE_SECURE: 'false'", "SESSION_SECURE: 'true'", "SECURE: 'true'", "TLS: 'true'",
        "S3_USE_SSL: 'false'", "INGRESS_TLS: 'true'", "BACKUP_ENCRYPTION: none", "DB_ENCRYPTION: none", "CONTENT_SECURITY: 'off'",
    ],
)  # fmt: skip
def test_a_switch_of_something_else_says_nothing_of_databases(read_text: ReadText, line: str) -> None:
    assert told(read_text, line) == {}


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("PGSSLMODE: disable", {"db": False}),
        ("SSL_MODE: require", {"db": True}),
        ("APP_DB_SSL: 'false'", {"db": False}),
        ("MYSQL_SSL: 'true'", {}),
        ("REDIS_TLS: 'true'", {"cache": True}),
        ("POSTGRES_SSL: 'false'", {"db": False}),
    ],
)
def test_a_switch_speaks_of_what_its_prefix_names(read_text: ReadText, line: str, ends: dict[str, bool]) -> None:
    assert told(read_text, line) == ends


@pytest.mark.parametrize(
    ("lines", "tls"),
    [
        (("MAIL_ENCRYPTION: 'null'",), False),
        (("MAIL_ENCRYPTION: tls",), True),
        (("MAIL_SECURITY: starttls",), True),
        (("MAIL_SECURE: 'false'",), None),
        (("MAIL_USE_SSL: 'false'",), None),
        (("MAIL_USE_TLS: 'false'",), False),
        (("MAIL_USE_TLS: 'true'", "MAIL_USE_SSL: 'false'"), True),
        (("MAIL_USE_SSL: 'true'", "MAIL_USE_TLS: 'false'"), True),
    ],
)
def test_mail_is_encrypted_in_one_way_or_the_other(read_text: ReadText, lines: tuple[str, ...], tls: bool | None) -> None:
    assert told(read_text, "MAIL_HOST: smtp.example.fr", *lines).get("smtp-example-fr") is tls


def test_of_two_switches_of_a_database_the_one_that_is_off_counts(read_text: ReadText) -> None:
    assert told(read_text, "DB_SSL: 'true'", "DB_SSL_MODE: disable") == {"db": False}
    assert told(read_text, "DB_SSL_MODE: disable", "DB_SSL: 'true'") == {"db": False}


def test_the_protocol_of_a_broker(read_text: ReadText) -> None:
    text = "services:\n  a:\n    image: a\n    depends_on: [k]\n    environment: {KAFKA_SECURITY_PROTOCOL: SASL_PLAINTEXT}\n  k: {image: confluentinc/cp-kafka}\n"
    (flow,) = section(read_text("compose", compose_yml=text), "flows").values()
    assert flow["transport"] == {"tls": False}
