"""sitegen: the tool with which a shop keeps its old customers."""

__version__ = "0.1.0"
