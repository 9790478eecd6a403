"""Files as stored: bytes, separators and sheets, down to a grid of texts with row numbers."""
