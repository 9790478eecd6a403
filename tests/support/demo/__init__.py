"""The synthetic client, part by part: each module makes a few tables from a seed of its own."""
