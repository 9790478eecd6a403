"""Kernels: one warm server forks them ready to work; where that is unsafe, ordinary ones serve."""
