"""Brands on pages. Oracle: the files as written, and WCAG's ratio for what is shown of them."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from lodestar.engagement.collector import Collector
from lodestar.engagement.documents.branding import check_firm
from lodestar.schema import resources
from lodestar.schema.colour import DARK, LIGHT, contrast
from lodestar.serve.brand import PLAIN, Brand, brand_of, brand_style, firm_brand

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
TOKENS = resources.templates() / "voila" / "lodestar" / "static" / "tokens.css"


def test_a_logo_becomes_part_of_the_page_and_colours_are_taken_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SVG, encoding="utf-8")
    said = 'client: acme\nbrand: {logo: logo.svg, ink: "#17212B", accent: "#0a7c86"}\n'
    (tmp_path / "engagement.yml").write_text(said, encoding="utf-8")
    brand = brand_of(tmp_path)
    assert (brand.ink, brand.accent) == ("#17212b", "#0a7c86")
    kind, _, data = brand.logo.partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(data).decode() == SVG


@pytest.mark.parametrize(
    "said",
    [
        "brand: {logo: ../logo.svg, ink: red}",
        'brand: {logo: logo.gif, ink: "#17212b;}body{display:none"}',
        "brand: [logo.svg]",
        "brand: {logo: {a: b}, accent: 12}",
        "- no mapping",
        "brand: {logo: 'logo.svg'",
        "\x00",
    ],
)
def test_what_cannot_be_shown_is_left_out(tmp_path: Path, said: str) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "logo.svg").write_text(SVG, encoding="utf-8")
    (tmp_path / "acme" / "logo.gif").write_text("GIF89a", encoding="utf-8")
    (tmp_path / "acme" / "engagement.yml").write_text(said, encoding="utf-8")
    assert brand_of(tmp_path / "acme") == PLAIN
    assert brand_of(tmp_path / "nobody") == PLAIN


def test_a_logo_that_could_act_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SVG.replace("<path", "<script/><path"), encoding="utf-8")
    (tmp_path / "brand.yml").write_text("{name: Firm, logo: logo.svg}", encoding="utf-8")
    assert firm_brand(tmp_path) == Brand(name="Firm")


def test_the_firms_brand_is_checked_beside_the_clients(tmp_path: Path) -> None:
    check_firm(tmp_path, collector := Collector())
    assert collector.report().ok
    (tmp_path / "brand.yml").write_text('{name: Firm, accent: "#ffcc00"}', encoding="utf-8")
    check_firm(tmp_path, collector)
    (problem,) = collector.report().problems
    assert (problem.code, problem.file, problem.column) == (
        "unreadable-colour",
        "brand.yml",
        "accent",
    )


@pytest.mark.parametrize("colour", ["#17212b", "#ffcc00", "#0a7c86", "#e2001a", "#000000"])
def test_colours_are_legible_by_day_and_by_night(colour: str) -> None:
    style = brand_style(Brand(ink="#123456"), Brand(ink=colour, accent=colour))
    day, night = re.findall(r":root\{--ink:(#\w{6});--accent:(#\w{6})\}", style)
    for shades, grounds in ((day, LIGHT), (night, DARK)):
        assert min(contrast(shade, ground) for shade in shades for ground in grounds) >= 4.5


def test_the_clients_colours_go_before_the_firms_and_none_change_nothing() -> None:
    assert brand_style(PLAIN, PLAIN) == ""
    assert "--accent:#0a7c86" in brand_style(Brand(accent="#0a7c86"), Brand(ink="#17212b"))
    assert "#0a7c86" not in brand_style(Brand(accent="#0a7c86"), Brand(accent="#17212b"))


def test_meaning_has_colours_of_its_own() -> None:
    """No colour that means something is made of ink or accent, and the grounds are the tokens'."""
    text = TOKENS.read_text(encoding="utf-8")
    for name in ("required", "chosen", "present", "experienced", "bad", "good"):
        assert set(re.findall(rf"--{name}: (\S+?);", text)) == set(
            re.findall(rf"--{name}: (#[0-9a-f]{{6}});", text)
        )
    light, dark = text.split("prefers-color-scheme: dark")
    for sheet, grounds in ((light, LIGHT), (dark, DARK)):
        found = dict(re.findall(r"--(paper|card): (#[0-9a-f]{6});", sheet.split("@media print")[0]))
        assert (found["paper"], found["card"]) == grounds
