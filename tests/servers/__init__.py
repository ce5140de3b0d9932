"""Real servers for tests and for trying the archive out on one machine.

``elasticsearch`` starts a node or a cluster, ``postgresql`` a private database
server; both live in folders of their own, listen on loopback only, and never run as
root. ``fixtures`` gives them to tests.
"""
