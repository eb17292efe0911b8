"""How large a page or file may be. Apart, so that a command knows it without loading what reads pages."""

LARGEST_PAGE = 20 * 1024 * 1024
"""Characters of one page's HTML."""
LARGEST_PDF = 64 * 1024 * 1024
"""Bytes of one PDF file, and of any file that is added from the disk."""
