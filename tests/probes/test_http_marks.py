"""Which headers of a page tell the version of a product."""

import pytest

from hds_audit.probes.http import _VERSION


@pytest.mark.parametrize("value", ["nginx/1.18.0", "Apache-Coyote/1.1", "PHP/8.1", "4.0.30319", "Tengine 2", "WordPress 6.4", "mod_ssl v2"])
def test_a_version_is_told(value: str) -> None:
    assert _VERSION.search(value)


@pytest.mark.parametrize("value", ["AmazonS3", "nginx", "Express", "cloudflare", "HTTP2-proxy", "web01"])
def test_a_digit_in_a_name_is_no_version(value: str) -> None:
    assert not _VERSION.search(value)
