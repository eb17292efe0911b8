"""What leaves the library for other programs: exports, citations, quotations."""
