"""The painted rows that all lists share."""
