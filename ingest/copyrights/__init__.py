"""Connectors of copyright offices and registers."""
