"""Drawn figures."""
