"""Make the lock files again: every package pinned, with the hashes of all its files and without an address.

Run it with ``make lock``. Three files come out of one resolution, so that a version is the same in all; the
fourth is the pip that installs from them:

* ``requirements-dev.lock``   everything: what runs, builds, tests and documents crosstie
* ``requirements.lock``       what runs: the command, the library and the pages
* ``requirements-build.lock`` what builds: the wheel and the pages' assets
* ``requirements-pip.lock``   pip itself

Settings of the machine (indexes, link folders, constraints) must not leak into a file that everyone installs
from (docs/decisions/0005-lock-file-without-addresses.md), so they are taken out of the environment first.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EVERYTHING = "requirements-dev.lock"
LOCKS: dict[str, tuple[str, ...]] = {
    EVERYTHING: (
        "pyproject.toml",
        "--extra=web",
        "--extra=ideas",
        "--group=dev",
        "--group=docs",
        "--group=build",
    ),
    "requirements.lock": ("pyproject.toml", "--extra=web", "--extra=ideas"),
    "requirements-build.lock": ("--group=build",),
    "requirements-pip.lock": ("--group=install",),
}
HEADER = "# Made by `make lock`; do not edit. Each file of a package has its hash; no address is said.\n"
ADDRESS = re.compile(r"[a-z][a-z0-9+]*://|^--?[a-z]*(index|find-links)|@ file:|^/|(?<=\s)/\w", re.MULTILINE)


def _clean_environment() -> dict[str, str]:
    """Return the environment without what would choose another index or other versions."""
    kept = {"PIP_CERT", "UV_CACHE_DIR"}
    return {
        name: value
        for name, value in os.environ.items()
        if name in kept or not name.startswith(("PIP_", "UV_"))
    }


def _compile(name: str, wanted: tuple[str, ...]) -> None:
    """Resolve what is wanted, for every platform and every Python from 3.11, and write it to `name`."""
    command = [
        *(sys.executable, "-m", "uv", "--no-config", "pip", "compile", *wanted),
        *("--universal", "--python-version=3.11", "--fork-strategy=fewest", "--generate-hashes"),
        *("--no-header", "--quiet", "--upgrade", f"--output-file={name}"),
    ]
    if name != EVERYTHING:
        command.append(f"--constraints={EVERYTHING}")
    subprocess.run(command, cwd=ROOT, env=_clean_environment(), check=True, stdout=subprocess.DEVNULL)
    path = ROOT / name
    # One resolution feeds the files; that one constrained another is not worth a line a package.
    text = re.sub(
        rf"^ +# +(via )?-c {re.escape(EVERYTHING)}\n", "", path.read_text("utf-8"), flags=re.MULTILINE
    )
    text = re.sub(r"# via\n +#   (.*\n)(?! +#)", r"# via \1", text)
    found = ADDRESS.search(text)
    if found:
        path.unlink()
        sys.exit(f"{name} would have held an address ({found[0]!r}); it was not kept.")
    path.write_text(HEADER + text, "utf-8")


for lock, groups in LOCKS.items():
    _compile(lock, groups)
    pins = re.findall(r"^[\w.-]+==", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    print(f"{lock}: {len(pins)} packages")
