"""Charts: they draw what they are given; the only place that knows Altair."""
