"""Run the crosstie command with ``python -m crosstie``."""
