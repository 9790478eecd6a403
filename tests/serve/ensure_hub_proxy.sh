#!/bin/sh
# JupyterHub's proxy for tests/serve/test_hub.py: what is on PATH, else from npm into build/hub.
# Without npm the test is skipped with this as its reason.
command -v configurable-http-proxy >/dev/null 2>&1 && exit 0
test -x build/hub/node_modules/.bin/configurable-http-proxy && exit 0
command -v npm >/dev/null 2>&1 || exit 0
mkdir -p build/hub
npm install --prefix build/hub --no-fund --no-audit --silent configurable-http-proxy@5 >/dev/null 2>&1
exit 0
