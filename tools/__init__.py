"""Tools for developers: nothing of the running site imports them."""
