"""Loyalty and care as pure functions: tiers, points, duties, measures."""
