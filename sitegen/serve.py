"""The preview server: output/site on loopback."""
