"""Pure text work: text in, text out."""
