"""Logos. Oracle: what browsers and the SVG standard let a picture do, case by case."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.schema.logo import LARGEST, logo_fault

SVG, PNG = "image/svg+xml", "image/png"
PLAIN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 9 9"><defs><linearGradient id="g"/></defs><path fill="url(#g)" d="M0 0h9v9z"/>'
    '<use xlink:href="#g"/>{}</svg>'
)
ACTIVE = [
    "<script>alert(1)</script>",
    "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
    "<image href='https://elsewhere.example/x.png'/>",
    "<a href='https://elsewhere.example'><path d='M0 0'/></a>",
    "<animate attributeName='href' values='javascript:alert(1)'/>",
    "<set attributeName='onload' to='alert(1)'/>",
    "<path onload='alert(1)'/>",
    "<path ONCLICK='alert(1)'/>",
    "<use href='other.svg#a'/>",
    "<use xlink:href='data:image/svg+xml,x'/>",
    "<style>@import url(//elsewhere.example/x.css);</style>",
    "<style>path{fill:url('https://elsewhere.example/x')}</style>",
    "<path style='background:url(//elsewhere.example)'/>",
]
DECLARED = [
    b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'a'>]>",
    b"<!doctype svg SYSTEM 'file:/etc/passwd'>",
    b"<?xml-stylesheet href='//elsewhere.example/x.css'?>",
]


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x06\0\0\0"


def test_a_plain_picture_may_stand() -> None:
    assert logo_fault(SVG, PLAIN.format("").encode()) == ("", "")
    assert logo_fault(SVG, b"\xef\xbb\xbf" + PLAIN.format("").encode()) == ("", "")
    assert logo_fault(PNG, png(300, 80)) == ("", "")


@pytest.mark.parametrize("active", ACTIVE)
def test_what_could_act_or_fetch_is_refused_with_a_remedy(active: str) -> None:
    fault, remedy = logo_fault(SVG, PLAIN.format(active).encode())
    assert fault
    assert "plain SVG" in remedy


@pytest.mark.parametrize("declared", DECLARED)
def test_declarations_are_refused_before_they_are_read(declared: bytes) -> None:
    assert logo_fault(SVG, declared + PLAIN.format("").encode())[0]


def test_another_kind_size_or_content_is_refused() -> None:
    assert logo_fault("", b"GIF89a")[0]
    assert logo_fault(PNG, PLAIN.format("").encode())[0] == "The logo is no PNG."
    assert logo_fault(PNG, png(90_000, 90_000))[0]
    assert logo_fault(SVG, b"<html/>")[0] == "The logo is no SVG."
    assert logo_fault(SVG, PLAIN.format("").encode("utf-16"))[0] == "The logo is no SVG."
    fault, remedy = logo_fault(SVG, PLAIN.format("<g/>" * LARGEST).encode())
    assert (fault, remedy) == (
        "The logo has 256 kB; every page would carry it.",
        "Bring it to 64 kB or less.",
    )


@given(st.binary(max_size=300), st.sampled_from([SVG, PNG]))
def test_any_bytes_are_answered_in_words(content: bytes, kind: str) -> None:
    fault, remedy = logo_fault(kind, content)
    assert bool(fault) == bool(remedy)
