"""What every answer tells the browser about safety."""

from __future__ import annotations

import base64
import hashlib
import re

__all__ = ["PAGE_POLICY", "SAFETY", "policy", "safety", "style_hashes"]

PAGE_POLICY: dict[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
"""No script but ours runs on a page, whatever text a client's file holds, and none is fetched.

Styles come from our files, and from elements whose content a page names by its hash; an attribute
of style does nothing.
"""

SAFETY: dict[str, str] = {
    "X-Content-Type-Options": "nosniff",
    # With "no-referrer" browsers would send forms of our own pages with the origin "null".
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{name}=()"
        for name in (
            "accelerometer",
            "autoplay",
            "camera",
            "display-capture",
            "encrypted-media",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "screen-wake-lock",
            "usb",
            "xr-spatial-tracking",
        )
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
}

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
YEAR = 365 * 24 * 3600


def policy(styles: tuple[str, ...] = (), **changed: str) -> str:
    """Return a page's Content-Security-Policy.

    Parameters
    ----------
    styles : tuple of str
        Hashes of the page's own style elements, such as ``sha256-…``.
    **changed
        Directives that differ, with ``_`` for ``-``.

    Examples
    --------
    >>> "style-src 'self' 'sha256-x';" in policy(("sha256-x",)), "unsafe" in policy()
    (True, False)
    >>> policy(frame_ancestors="'none'").endswith("frame-ancestors 'none'")
    True
    """
    rules = {**PAGE_POLICY, **{name.replace("_", "-"): value for name, value in changed.items()}}
    rules["style-src"] += "".join(f" '{style}'" for style in styles)
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def safety(secure: bool) -> dict[str, str]:
    """Return the headers that every answer carries; https is insisted on where it is spoken."""
    strict = {"Strict-Transport-Security": f"max-age={YEAR}"} if secure else {}
    return {**SAFETY, **strict}


def style_hashes(html: bytes) -> tuple[str, ...]:
    """Return the hashes of a page's own style elements: those before its content begins."""
    own = _STYLE.findall(html.partition(b"<main")[0])
    digests = (base64.b64encode(hashlib.sha256(style).digest()).decode() for style in own)
    return tuple(f"sha256-{digest}" for digest in digests)
