"""What members and newcomers pay, and what is kept for few: lists that a page draws as they are."""
