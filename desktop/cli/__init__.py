"""The commands: read the arguments, call one library function, print the result."""
