"""Nodes that hang, die or refuse; the database makes no difference to these."""
