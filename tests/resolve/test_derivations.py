"""Every file that works facts out is asked for them."""

import pkgutil
from importlib import import_module

import hds_audit.resolve as resolve
from hds_audit.resolve.derivations import FILES


def test_every_file_that_ends_in_derivations_is_listed() -> None:
    names = {info.name for info in pkgutil.iter_modules(resolve.__path__)} - {"derivations"}
    found = {name for name in names if hasattr(import_module(f"{resolve.__name__}.{name}"), "DERIVATIONS")}
    assert set(FILES) == found
    assert sorted(FILES) == list(FILES)
