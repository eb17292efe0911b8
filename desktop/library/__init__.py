"""Commands on the nouns a person keeps, and the values that views read."""
