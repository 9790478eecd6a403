"""Below a real JupyterHub on loopback. Oracle: the Hub itself, its proxy, and two people."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from lodestar.errors import InputError
from lodestar.schema import resources
from lodestar.serve.hub import hub_address
from tests.support.published import BOOK, publish

BUILT = Path("build/hub/node_modules/.bin").resolve()
WAY = os.pathsep.join((str(BUILT), os.environ["PATH"]))
CONFIG = """
exec(open({shipped!r}, encoding="utf-8").read())
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.DummyAuthenticator.password = "secret"
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {home!r} + "/{{username}}"
c.JupyterHub.db_url = "sqlite:///:memory:"
c.JupyterHub.cookie_secret_file = {home!r} + "/cookie-secret"
c.JupyterHub.hub_port = {hub}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.JupyterHub.load_groups = {{
    "client-small": {{"users": ["ana"]}},
    "client-other": {{"users": ["bo"]}},
    "staff": {{"users": ["cy"]}},
}}
"""


@dataclass
class Running:
    """A Hub that answers, and what it has written so far."""

    url: str
    log: Path

    def signed_in(self, name: str) -> requests.Session:
        """Return a browser's session of somebody who signed in at the Hub."""
        session = requests.Session()
        session.get(f"{self.url}/hub/login")
        token = session.cookies.get("_xsrf", path="/hub/")
        form = {"username": name, "password": "secret", "_xsrf": token}
        session.post(f"{self.url}/hub/login", params={"_xsrf": token}, data=form)
        return session

    def arrived(self, session: requests.Session, name: str) -> requests.Response:
        """Return the first page once the person's own server stands."""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            answer = session.get(f"{self.url}/user/{name}/")
            if answer.ok and answer.url == f"{self.url}/user/{name}/":
                return answer
            time.sleep(1)
        raise AssertionError(self.log.read_text(encoding="utf-8")[-3000:])


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    if not shutil.which("configurable-http-proxy", path=WAY):
        pytest.skip("configurable-http-proxy is not here: npm install configurable-http-proxy")
    home = tmp_path_factory.mktemp("hub")
    for client in ("small", "other"):
        (home / "data" / client).mkdir(parents=True)
        settings = home / "data" / client / "engagement.yml"
        settings.write_text(f"client: {client}\n", encoding="utf-8")
        publish(home / "data" / client, **{"00_summary": BOOK})
    port, inner, api = free_ports(3)
    shipped = resources.templates() / "jupyterhub" / "jupyterhub_config.py"
    text = CONFIG.format(shipped=str(shipped), home=str(home), hub=inner, api=api)
    (home / "config.py").write_text(text, encoding="utf-8")
    url, log = f"http://127.0.0.1:{port}", home / "hub.log"
    environment = {
        **os.environ,
        "PATH": WAY,
        "LODESTAR_DATA": str(home / "data"),
        "LODESTAR_PUBLIC_URL": url,
        "LODESTAR_HUB_BIND": url,
    }
    command = [sys.executable, "-m", "jupyterhub", "-f", str(home / "config.py")]
    with (
        log.open("wb") as written,
        subprocess.Popen(
            command, cwd=home, env=environment, stdout=written, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            _wait(url, process, log)
            yield Running(url, log)
        finally:
            process.terminate()
            process.wait(60)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            if requests.get(f"{url}/hub/login", timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.5)
    raise AssertionError(log.read_text(encoding="utf-8")[-3000:])


@pytest.mark.slow
def test_the_hub_lets_each_person_to_their_own_client(hub: Running) -> None:
    ana, bo = hub.signed_in("ana"), hub.signed_in("bo")
    first = hub.arrived(ana, "ana").text
    assert "Sign out" in first
    assert "Change password" not in first
    assert ana.get(f"{hub.url}/user/ana/password").status_code == 404
    hub.arrived(bo, "bo")
    page = "2026-Q4/00_summary"
    assert ana.get(f"{hub.url}/user/ana/c/small/{page}").status_code == 200
    assert ana.get(f"{hub.url}/user/ana/c/other/{page}").status_code == 404
    elsewhere = ana.get(f"{hub.url}/user/bo/c/other/{page}")
    assert elsewhere.status_code == 403
    assert "Where?" not in elsewhere.text
    token = re.search(r'name="token" value="(\w+)"', first)
    assert token is not None
    form, own = {"token": token[1]}, {"Origin": hub.url}
    out = ana.post(f"{hub.url}/user/ana/sign-out", data=form, headers=own)
    assert "You are still signed in at JupyterHub" in out.text


@pytest.mark.slow
def test_nobody_gets_past_the_hub(hub: Running) -> None:
    ana, bo = hub.signed_in("ana"), hub.signed_in("bo")
    hub.arrived(ana, "ana")
    hub.arrived(bo, "bo")
    page = f"{hub.url}/user/bo/c/other/2026-Q4/00_summary"
    sent = requests.get(page, allow_redirects=False)
    assert sent.status_code == 303
    assert "/oidc/start" in sent.headers["Location"]
    keys = {c.name: c.value for c in ana.cookies if c.name.startswith("lodestar-")}
    names = [c.name for c in bo.cookies if c.name.startswith("lodestar-")]
    for key in keys.values():
        stolen = requests.get(page, cookies=dict.fromkeys(names, key), allow_redirects=False)
        assert stolen.status_code in (303, 403, 404)
        assert "Where?" not in stolen.text
    forged = requests.get(f"{hub.url}/user/bo/oauth_callback?code=x&state=y")
    assert forged.status_code == 403
    assert "enter?key=" not in hub.log.read_text(encoding="utf-8")


@pytest.mark.slow
def test_somebody_in_no_group_of_a_client_gets_no_server(hub: Running) -> None:
    cy = hub.signed_in("cy")
    answer = cy.get(f"{hub.url}/user/cy/")
    assert answer.url != f"{hub.url}/user/cy/"
    assert "Where?" not in answer.text


def test_without_a_hub_the_option_says_what_to_do() -> None:
    with pytest.raises(InputError, match="jupyterhub_config"):
        hub_address({})
