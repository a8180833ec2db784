"""The program: `hds-audit`, or `python -m hds_audit`."""

import gc
import sys


def main() -> None:
    """Answers `--version` before anything is loaded, else hands over to the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from hds_audit import __version__

        sys.stdout.write(f"hds-audit {__version__}\n")
        return
    from hds_audit.pipeline.interruption import heed

    heed()  # before what takes a while to load
    from hds_audit.cli.run import run

    code = run(sys.argv[1:])
    gc.freeze()  # the process ends: looking through all that it holds for what could be freed takes longer than to let it go
    sys.exit(code)


if __name__ == "__main__":
    main()
