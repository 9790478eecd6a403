"""Single cells: from text as written to a number, a day, a word, or what is wrong with it."""
