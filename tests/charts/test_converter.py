"""A chart that another process draws. Oracle: the same chart, drawn by this one."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

import pytest

from lodestar.charts.converter import SharedConverter, own_converter

SERVER = (
    "import socket, sys; from lodestar.charts.converter import serve; "
    "serve(socket.socket(fileno=int(sys.argv[1])))"
)
ROWS = [{"name": "Ärger → “quoted” <b>", "x": 0.1 + 0.2}, {"name": "日本", "x": float("nan")}]
CHART = {
    "description": "Two bars",
    "data": {"values": ROWS},
    "mark": "bar",
    "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "name"}},
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedConverter]:
    path = str(tmp_path_factory.mktemp("c") / "v")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(listener.fileno())], pass_fds=[listener.fileno()]
        )
    yield SharedConverter(path)
    process.kill()
    process.wait()


def test_pictures_and_compiled_charts_are_the_same(shared: SharedConverter) -> None:
    own = own_converter()
    vega = own.vegalite_to_vega(CHART)
    assert shared.vegalite_to_svg(CHART) == own.vegalite_to_svg(CHART)
    assert shared.vegalite_to_vega(CHART) == vega
    assert list(shared.vegalite_to_vega(CHART)) == list(vega)
    assert shared.vega_to_svg(vega) == own.vega_to_svg(vega)


def test_a_chart_that_cannot_be_drawn_fails_as_here_and_the_next_one_is_drawn(
    shared: SharedConverter,
) -> None:
    broken = {"mark": "no such mark", "data": {"values": []}}
    with pytest.raises(ValueError, match=r".+") as here:
        own_converter().vegalite_to_svg(broken)
    with pytest.raises(ValueError, match=r".+") as there:
        shared.vegalite_to_svg(broken)
    assert str(there.value) == str(here.value)
    assert shared.vegalite_to_svg(CHART) == own_converter().vegalite_to_svg(CHART)


def test_who_asks_and_goes_does_no_harm(shared: SharedConverter) -> None:
    with socket.socket(socket.AF_UNIX) as gone:
        gone.connect(shared._path)
        gone.sendall(b'\x00\x00\x00\x09["no')
    with socket.socket(socket.AF_UNIX) as other:
        other.connect(shared._path)
        answer = Connection(other.detach())
        answer.send_bytes(b'["register_font_directory", "/"]')
        assert answer.recv_bytes() == b""
    assert shared.vegalite_to_svg(CHART) == own_converter().vegalite_to_svg(CHART)


def test_with_nobody_there_this_process_draws(tmp_path: Path) -> None:
    picture = own_converter().vegalite_to_svg(CHART)
    assert SharedConverter(str(tmp_path / "v")).vegalite_to_svg(CHART) == picture


def test_with_an_end_midway_this_process_draws(tmp_path: Path) -> None:
    path = str(tmp_path / "v")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        Thread(target=lambda: listener.accept()[0].close()).start()
        picture = SharedConverter(path).vegalite_to_svg(CHART)
    assert picture == own_converter().vegalite_to_svg(CHART)
