"""diplokg: who met, warned or supported whom, and who says so."""

__version__ = "0.1.0"
