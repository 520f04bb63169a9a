"""What the cells of a customer file must be: kinds, codes, keys, references, and one form of each address."""
