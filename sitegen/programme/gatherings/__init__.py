"""Gatherings: chairs and who waits for one, the circle of guests, the year's calendar, customers' ideas."""
