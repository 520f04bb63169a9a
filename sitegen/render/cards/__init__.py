"""Printed cards. The only room that knows WeasyPrint."""
