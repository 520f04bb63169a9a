"""Imposition: several cards lie on one sheet of paper, in such an order that the cut stacks are in order again."""
