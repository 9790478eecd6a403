"""Turn raw files into input tables by a mapping that is data: sources, steps, counted omissions."""

from lodestar.engagement.importing.client import import_client, import_tables
from lodestar.engagement.importing.run import Import, run_mapping

__all__ = ["Import", "import_client", "import_tables", "run_mapping"]
