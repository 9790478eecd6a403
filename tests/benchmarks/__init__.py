"""Benchmarks: each beside a peer in the same run; ``python -m tests.benchmarks --help`` lists them.

A module here that has ``ABOUT`` (a sentence) and ``run()`` is a benchmark, called by the module's
name. ``run`` returns rows (``harness.Row``): what was measured under the names of its columns. Rows
with the same columns in a row print as one table.
"""
