"""Which addresses a guest may go to: what keeps a probe from being turned against the network that it runs in (SSRF)."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from hds_audit.probes.failure import FailedLookError

_TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
_INSTANCE_DATA = frozenset({"169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254"})


def within(address: IPv4Address | IPv6Address) -> tuple[IPv4Address | IPv6Address, ...]:
    """The address and those that it carries inside: mapped, translated (RFC 6052), 6to4 and Teredo IPv4 addresses."""
    if isinstance(address, IPv4Address):
        return (address,)
    carried: list[IPv4Address] = [found for found in (address.ipv4_mapped, address.sixtofour) if found]
    if any(address in network for network in _TRANSLATED):
        carried.append(IPv4Address(int(address) & 0xFFFFFFFF))
    if address.teredo:
        carried.extend(address.teredo)
    return (address, *carried)


def admit(text: str, allow_private: bool) -> None:
    """Raise a FailedLookError of our own making where no guest goes.

    Never: multicast, unspecified and reserved addresses, and where clouds hand credentials to their machines.
    Only when allowed: loopback, private, link-local and every other address that is not global (IANA special-purpose registries).
    """
    try:
        addresses = within(ip_address(text.partition("%")[0]))
    except ValueError:
        raise FailedLookError("here", f"{text} is no address", f"{text} n'est pas une adresse") from None
    for address in addresses:
        if address.is_multicast or address.is_unspecified or str(address) in _INSTANCE_DATA or str(address) == "255.255.255.255":
            raise FailedLookError("here", f"{text} is never contacted", f"{text} n'est jamais contactée")
        if not address.is_global and not allow_private:
            raise FailedLookError(
                "here",
                f"{text} is a private address; use --allow-private to go there",
                f"{text} est une adresse privée ; --allow-private permet d'y aller",
            )
