"""The authorities that certificates are checked against: the system's own, never those that an environment variable puts in their place."""

from __future__ import annotations

import os
import ssl
import warnings
from dataclasses import dataclass

import certifi

_LEGACY_SERVER_CONNECT = 0x4  # SSL_OP_LEGACY_SERVER_CONNECT, named by Python from 3.12
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME


@dataclass(frozen=True, slots=True)
class Authorities:
    """Three ways to shake hands, shared by a whole run since loading authorities takes time.

    None looks at names, key sizes or suites, which are looked at on their own: `dated` follows the chain and checks its dates,
    `undated` follows it all the same when it has expired, `lenient` checks nothing.
    """

    dated: ssl.SSLContext
    undated: ssl.SSLContext
    lenient: ssl.SSLContext
    extra: str = ""

    def restricted(self, suites: str) -> Authorities:
        """The same for a server that has certificates of two kinds: only these suites, up to TLS 1.2, where a suite names the kind."""
        return load_authorities(self.extra, f"{suites}:@SECLEVEL=0", ssl.TLSVersion.TLSv1_2)


def load_authorities(
    extra: str = "", suites: str = "ALL:COMPLEMENTOFALL:@SECLEVEL=0", newest: ssl.TLSVersion = ssl.TLSVersion.MAXIMUM_SUPPORTED
) -> Authorities:
    """The contexts of a run; `extra` is a PEM file of further authorities."""
    dated, undated, lenient = _strict(extra), _strict(extra), _context()
    undated.verify_flags = ssl.VerifyFlags(undated.verify_flags | _NO_CHECK_TIME)
    lenient.check_hostname, lenient.verify_mode = False, ssl.CERT_NONE
    for context in (dated, undated, lenient):
        context.set_ciphers(suites)
        context.maximum_version = newest
    return Authorities(dated, undated, lenient, extra)


def _strict(extra: str) -> ssl.SSLContext:
    context = _context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_REQUIRED
    for path in (*_system(), extra):
        if path:
            context.load_verify_locations(cafile=path if os.path.isfile(path) else None, capath=path if os.path.isdir(path) else None)
    return context


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.options |= ssl.Options(_LEGACY_SERVER_CONNECT)
    return context


def _system() -> tuple[str, ...]:
    paths = ssl.get_default_verify_paths()
    found = tuple(path for path in (paths.openssl_cafile, paths.openssl_capath) if path and os.path.exists(path))
    return found or (certifi.where(),)
