"""Exports: what a person takes along into other programs, one file for each format."""
