"""Metrics: one file each, one declaration, one pure function. Start with `metric.py`."""
