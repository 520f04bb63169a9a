"""E-mails: composing, gates, messages, previews."""
