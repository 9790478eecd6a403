"""Text from clients is data: everywhere it is shown it must stay text."""
