"""The program around the window: how it starts, holds a library and stays true."""
