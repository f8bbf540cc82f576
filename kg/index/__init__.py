"""What a folder remembers of its record, so that a build touches only what has changed; the record can remake it.

Index.open(folder) -> catch_up: lines of the record -> tables, and what the store does not show yet
waiting, happenings, … -> ``kg.update`` brings the store up to date
"""

from kg.index.intake import catch_up
from kg.index.tables import INDEX, Index

__all__ = ["INDEX", "Index", "catch_up"]
