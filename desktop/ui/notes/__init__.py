"""The page of notes, their editor, what they quote."""
