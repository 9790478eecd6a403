"""Where numbers come from: hashes of what a run is made from, and the published runs."""

from typing import TYPE_CHECKING

from lodestar.lazy import on_first_use

if TYPE_CHECKING:
    from lodestar.provenance.contents import (
        content_hash,
        content_hashes,
        corrections_of,
        ground_hash,
        made_public,
        tables_read,
    )
    from lodestar.provenance.disk import PrivateFolder, sync, write
    from lodestar.provenance.environment import PINNED, kernel_environment
    from lodestar.provenance.hashes import (
        changed_inputs,
        code_hash,
        digest,
        file_hash,
        framework_hash,
        framework_text,
        input_hashes,
        package_versions,
        sha256,
        sources,
    )
    from lodestar.provenance.integrity import harmed_files
    from lodestar.provenance.keeping import (
        KEPT,
        client_of,
        content_of,
        forget,
        keep,
        kept,
        look_ahead,
        material,
    )
    from lodestar.provenance.published import (
        MANIFEST,
        RESULTS,
        PublishedRun,
        find_run,
        published_periods,
        published_results,
        required_run,
    )

__all__ = [
    "KEPT",
    "MANIFEST",
    "PINNED",
    "RESULTS",
    "PrivateFolder",
    "PublishedRun",
    "changed_inputs",
    "client_of",
    "code_hash",
    "content_hash",
    "content_hashes",
    "content_of",
    "corrections_of",
    "digest",
    "file_hash",
    "find_run",
    "forget",
    "framework_hash",
    "framework_text",
    "ground_hash",
    "harmed_files",
    "input_hashes",
    "keep",
    "kept",
    "kernel_environment",
    "look_ahead",
    "made_public",
    "material",
    "package_versions",
    "published_periods",
    "published_results",
    "required_run",
    "sha256",
    "sources",
    "sync",
    "tables_read",
    "write",
]

__getattr__ = on_first_use(
    __name__,
    {
        "lodestar.provenance.contents": (
            "content_hash",
            "content_hashes",
            "corrections_of",
            "ground_hash",
            "made_public",
            "tables_read",
        ),
        "lodestar.provenance.disk": (
            "PrivateFolder",
            "sync",
            "write",
        ),
        "lodestar.provenance.environment": (
            "PINNED",
            "kernel_environment",
        ),
        "lodestar.provenance.hashes": (
            "changed_inputs",
            "code_hash",
            "digest",
            "file_hash",
            "framework_hash",
            "framework_text",
            "input_hashes",
            "package_versions",
            "sha256",
            "sources",
        ),
        "lodestar.provenance.integrity": ("harmed_files",),
        "lodestar.provenance.keeping": (
            "KEPT",
            "client_of",
            "content_of",
            "forget",
            "keep",
            "kept",
            "look_ahead",
            "material",
        ),
        "lodestar.provenance.published": (
            "MANIFEST",
            "RESULTS",
            "PublishedRun",
            "find_run",
            "published_periods",
            "published_results",
            "required_run",
        ),
    },
)
