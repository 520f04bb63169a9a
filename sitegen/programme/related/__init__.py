"""Suggest goods that go with what a customer bought, to satisfied customers only."""
