"""The share basket: what is gathered, in the person's words, and exactly what leaves."""
