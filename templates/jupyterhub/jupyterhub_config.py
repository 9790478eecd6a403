"""Lodestar below JupyterHub: the Hub signs people in, each gets a server with their clients' pages.

Start it in a folder of its own, as the user who may read the clients' data root:

    pip install 'lodestar-workbook[hub]'
    npm install configurable-http-proxy
    export LODESTAR_DATA=/srv/lodestar LODESTAR_PUBLIC_URL=https://board.example
    jupyterhub -f jupyterhub_config.py

Who may see which client is told by the Hub's groups: somebody in `client-acme` sees acme, somebody
in `consultants` sees all. Put the Hub behind TLS; sign-in is any authenticator of the Hub.
"""

import os
import sys
from pathlib import Path
from shutil import which

c = get_config()  # noqa: F821 (the Hub defines it)

DATA = Path(os.environ.get("LODESTAR_DATA", "client_data")).resolve()
PUBLIC = os.environ["LODESTAR_PUBLIC_URL"].rstrip("/")
COMMAND = which("lodestar") or str(Path(sys.executable).with_name("lodestar"))
GROUP = "client-"


def clients_of(spawner):
    """Return the clients that the groups of a user name; for consultants none, which means all."""
    names = sorted(group.name for group in spawner.user.groups)
    if "consultants" in names:
        return []
    return [name.removeprefix(GROUP) for name in names if name.startswith(GROUP)]


def prepare(spawner):
    """Give a server the clients of its user; nobody without a group gets one."""
    clients = clients_of(spawner)
    groups = {group.name for group in spawner.user.groups}
    if not clients and "consultants" not in groups:
        raise PermissionError(f"{spawner.user.name} is in no group of a client.")
    spawner.args = ["serve", *clients, "--hub", "--data-root", str(DATA)]


c.JupyterHub.bind_url = os.environ.get("LODESTAR_HUB_BIND", "http://127.0.0.1:8000")
c.JupyterHub.cleanup_servers = True
c.JupyterHub.allow_named_servers = False
c.JupyterHub.tornado_settings = {"slow_spawn_timeout": 30}
c.JupyterHub.load_roles = [
    # People reach their own server and nothing else of the Hub.
    {"name": "user", "scopes": ["self"]},
]

c.Spawner.cmd = [COMMAND]
c.Spawner.pre_spawn_hook = prepare
c.Spawner.default_url = "/oidc/start"
# Limits of live what-ifs, e.g. LODESTAR_LIVE_MEMORY; `lodestar serve --help` lists them.
LIMITS = {name: text for name, text in os.environ.items() if name.startswith("LODESTAR_LIVE_")}
c.Spawner.environment = {"LODESTAR_PUBLIC_URL": PUBLIC, **LIMITS}
c.Spawner.start_timeout = 60
c.Spawner.http_timeout = 30
c.Spawner.mem_limit = "2G"
