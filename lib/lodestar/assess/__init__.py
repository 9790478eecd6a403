"""Assessments: frames in, results out; no file, clock, display or unseeded randomness."""
