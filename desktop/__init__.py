"""Kithbook, the desktop program. The names that hold for the whole project stand here and nowhere else."""

NAME = "Kithbook"
COMMAND = "kithbook"
VERSION = "0.1.0"
