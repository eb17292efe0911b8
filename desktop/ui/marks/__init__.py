"""Highlights and comments on a text: choosing a passage, painting it, its card."""
