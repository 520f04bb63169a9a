"""What is one customer's, and how all of it goes."""
