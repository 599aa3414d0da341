"""Run the crosstie command with ``python -m crosstie``."""

from __future__ import annotations

from crosstie.cli import main

if __name__ == "__main__":
    main()
