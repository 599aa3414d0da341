"""The whole network and its groups: shape, core, backbone, mixing; never a single person.

It may use the network, its circles and its kernels. Start with `shape.py`; `mixing.py` sets groups
beside chance and `groups.py` says how sure a group's figures are.
"""
