"""What-if controls: the only place that knows ipywidgets."""
