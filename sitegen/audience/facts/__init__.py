"""What is known of each customer on a day, as table expressions."""
