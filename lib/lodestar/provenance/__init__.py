"""Where numbers come from: hashes of what a run is made from, and the published runs."""

from lodestar.provenance.environment import PINNED, kernel_environment
from lodestar.provenance.hashes import (
    changed_inputs,
    code_hash,
    digest,
    file_hash,
    framework_hash,
    input_hashes,
    package_versions,
    sources,
)
from lodestar.provenance.published import (
    MANIFEST,
    RESULTS,
    PublishedRun,
    find_run,
    published_periods,
    published_results,
)

__all__ = [
    "MANIFEST",
    "PINNED",
    "RESULTS",
    "PublishedRun",
    "changed_inputs",
    "code_hash",
    "digest",
    "file_hash",
    "find_run",
    "framework_hash",
    "input_hashes",
    "kernel_environment",
    "package_versions",
    "published_periods",
    "published_results",
    "sources",
]
