"""Printed cards: a design and the cards of a campaign become a print file and its manifest."""
