"""The tables a client's folder may hold: columns, types, units, labels, definitions."""
