"""Where shipped files are found; oracle: folders laid out by hand as a checkout and as a wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from lodestar.errors import FaultError
from lodestar.schema import resources


def _folders(root: Path, project: str = 'name = "lodestar-workbook"') -> Path:
    for name in ("templates", "workbooks", "client_data"):
        (root / name).mkdir(parents=True)
    (root / "pyproject.toml").write_text(f"[project]\n{project}\n", encoding="utf-8")
    return root


def test_the_checkout_of_the_package_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(_folders(tmp_path / "other"))
    assert resources.templates() == Path(resources.__file__).resolve().parents[3] / "templates"


def test_installed_the_checkout_around_the_working_directory_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = _folders(tmp_path / "checkout")
    (root / "deep" / "down").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "site" / "lodestar")
    monkeypatch.chdir(root / "deep" / "down")
    assert resources.workbooks() == root / "workbooks"


def test_installed_elsewhere_the_wheel_holds_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _folders(tmp_path / "stranger", project='name = "something-else"')
    shipped = tmp_path / "site" / "lodestar" / "_shipped"
    (shipped / "templates").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", shipped.parent)
    monkeypatch.setattr(resources, "_SHIPPED", shipped)
    monkeypatch.chdir(tmp_path / "stranger")
    assert resources.checkout() is None
    assert resources.templates() == shipped / "templates"
    with pytest.raises(FaultError, match="workbooks"):
        resources.workbooks()
