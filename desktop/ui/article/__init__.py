"""How a page's text is drawn; the reader, notes and settings share it."""
