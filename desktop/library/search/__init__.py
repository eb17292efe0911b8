"""The question read, the index kept, the answers found."""
