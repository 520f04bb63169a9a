"""Host rules: from what a site consists of to the text of each web server's configuration."""
