"""Statistics of the field, checked against published figures."""
