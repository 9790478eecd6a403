"""Review: what moved between two runs and why, whether a run reproduces, and who signed it."""
