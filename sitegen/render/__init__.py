"""Project and plan become pages, mails, texts and cards. Opens no file."""
