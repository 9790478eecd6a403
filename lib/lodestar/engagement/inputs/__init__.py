"""Tables: typed columns, keys, references and the rules that bind rows and tables."""
