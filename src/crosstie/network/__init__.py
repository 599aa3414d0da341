"""The network: ties from interactions, metrics, communities, layout: pure functions over columns.

It may use people, privacy and the record; it knows no database and no names. Start with `network.py`.
"""
