"""Proper names: `runs` of capitalised words are read, their `roles` found, and the names corrected by each other."""

from quoteattr.mentions.names import find_names

__all__ = ["find_names"]
