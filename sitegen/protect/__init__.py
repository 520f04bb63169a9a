"""Keys, objects, packs and the browser half. The only room that knows cryptography."""
