"""Make what advisers have before them: front page, days, customers without an adviser, dossiers."""
