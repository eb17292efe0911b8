"""The tag editor, which gives goals too."""
