"""Highlights and comments, their places, and what the browser says of them."""
