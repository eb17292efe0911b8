"""Sharing: packs that any colleague can open, what comes back, people and circles, and exports."""
