"""Everything of a library as one open archive, and back."""
