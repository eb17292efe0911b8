"""The library file: tables, transactions, journal."""
