"""The frozen nouns of the product. No I/O, no libraries."""
