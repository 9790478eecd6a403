"""The chart engine as one script for a page: a browser lays out charts with no network."""

from __future__ import annotations

__all__ = ["ENGINE", "engine_script"]

ENGINE = "vega.js"


def engine_script() -> str:
    """Return a script that defines ``lodestarEmbed(element, specification, options)``.

    Returns
    -------
    str
        Vega, Vega-Lite and vega-embed in one piece (about 0.9 MB, 0.3 MB compressed), taken from
        the installed converter, so that pages and pictures are drawn by the same version.
    """
    import vl_convert

    snippet = (
        "window.lodestarEmbed = (element, spec, options) => vegaEmbed(element, spec, options);"
    )
    return str(vl_convert.javascript_bundle(snippet))
