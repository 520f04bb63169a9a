"""Coupons: whom they are due to, what their codes look like, and what the till and the guard learn of them."""
