"""How good the advice is, on real data that anyone can run it on: `make evaluate`, or one task a module.

A task's module states its data, its splits and its truth before it was first run, and holds `TASK`; see
`evaluation.task`. What was found stands in docs/explanation/evaluation.md. The package knows nothing of it.
"""
