"""Look through a PDF as a print house does, before it is sent there."""
