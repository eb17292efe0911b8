"""The five colours of highlights: their names, and how they look on paper and in files of others.

The surprising fact: window, extension and exports each have a style sheet of their own; a test holds all of
them against this.
"""

from typing import Final

GROUNDS: Final = {
    "straw": "#fbe9a0",
    "sage": "#cfe8c6",
    "sky": "#c9e2f4",
    "rose": "#f9d3d2",
    "lilac": "#e2d6f3",
}
"""Behind words, by day."""
STRONG: Final = {
    "straw": "#a67c00",
    "sage": "#4c8a3f",
    "sky": "#2f7eb2",
    "rose": "#c24f57",
    "lilac": "#8159b8",
}
"""Of a bar beside words, by day."""
COLOURS: Final = tuple(GROUNDS)
