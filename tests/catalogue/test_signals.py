"""What was seen against what is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.model.signals import SIGNAL_KINDS, Signal, SignalKind


def signal(kind: SignalKind, value: str) -> Signal:
    return Signal("someone", kind, value, "verified", ())


@pytest.mark.parametrize(
    ("kind", "value", "seen", "matches"),
    [
        ("dns_suffix", "scw.cloud", "bucket.s3.fr-par.scw.cloud", True),
        ("dns_suffix", "scw.cloud", "scw.cloud.", True),
        ("dns_suffix", "scw.cloud", "notscw.cloud", False),
        ("dns_suffix", "scw.cloud", "scw.cloud.example.org", False),
        ("ns", "*.awsdns-*", "ns-1.awsdns-02.co.uk", True),
        ("ns", "*.awsdns-*", "awsdns.example", False),
        ("mx", "mail.protection.outlook.com", "example-org.mail.protection.outlook.com", True),
        ("spf", "spf.mailjet.com", "SPF.mailjet.com", True),
        ("tracker_domain", "facebook.net", "connect.facebook.net", True),
        ("asn", "AS16276", "as16276", True),
        ("asn", "AS16276", "AS1627", False),
        ("header", "cf-ray", "CF-Ray: 8a", True),
        ("header", "server: cloudflare", "server: Cloudflare", True),
        ("header", "server: cloudflare", "server: nginx", False),
        ("header", "cf-ray", "x-cf-ray: 1", False),
        ("cookie", "_ga", "_ga", True),
        ("cookie", "_ga", "_gat", False),
        ("cookie", "incap_ses_*", "incap_ses_1_2", True),
        ("dkim", "*.pm._domainkey", "2026.pm._domainkey", True),
        ("txt", "stripe-verification=", "stripe-verification=abc", True),
        ("tls_issuer", "Google Trust Services", "C=US, O=Google Trust Services, CN=WR2", True),
        ("terraform_prefix", "aws_", "aws_s3_bucket", True),
        ("terraform_prefix", "aws_", "awscc_s3_bucket", False),
        ("terraform_endpoint", "oos.*.outscale.com", "oos.eu-west-2.outscale.com", True),
        ("ip_range", "171.33.105.206/32", "171.33.105.206", True),
        ("ip_range", "171.33.105.206/32", "171.33.105.207", False),
        ("ip_range", "171.33.105.206/32", "not an address", False),
        ("ip_range", "171.33.105.206/32", "::1", False),
    ],
)
def test_a_signal_matches_what_it_should(kind: SignalKind, value: str, seen: str, matches: bool) -> None:
    assert signal(kind, value).matches(seen) is matches


@given(st.sampled_from(SIGNAL_KINDS), st.text(max_size=80))
def test_nothing_seen_breaks_the_comparison(kind: SignalKind, seen: str) -> None:
    assert signal(kind, "example.org").matches(seen) in (True, False)


@given(st.text(alphabet="abc-", min_size=1, max_size=20).filter(lambda label: label.strip("-") == label))
def test_a_name_under_a_suffix_matches_and_one_glued_to_it_does_not(label: str) -> None:
    suffix = signal("dns_suffix", "example.org")
    assert suffix.matches(f"{label}.example.org")
    assert not suffix.matches(f"{label}example.org")
