"""The acts of the window that belong to no one view."""
