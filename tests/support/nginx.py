"""Runs a real nginx with a cache in front of a server, in a temporary folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.processes import process, until
from tests.support.servers import Kind, Server, reserved_port

NOT_THERE = "nginx is not installed (on Debian: apt-get install nginx)"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  {temporary}
  proxy_cache_path {folder}/cache keys_zone=pages:1m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://{host}:{upstream};
      proxy_cache pages;
      add_header X-Cache $upstream_cache_status always;
    }}
  }}
}}
"""


def program() -> str | None:
    """Return the path of nginx, which is not on the PATH of users of Debian."""
    return shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or shutil.which("nginx")


@contextmanager
def in_front_of(server: Server, program: str) -> Iterator[Server]:
    """Run nginx, and yield it as a server that responds from its cache where it may."""
    with tempfile.TemporaryDirectory(prefix="nginx-") as name, reserved_port() as port:
        folder = Path(name)
        temporary = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in TEMPORARY)
        text = CONFIGURATION.format(
            folder=folder, port=port, host=server.host, upstream=server.port, temporary=temporary
        )
        (folder / "nginx.conf").write_text(text)
        log = folder / "log"
        log.touch()
        front = Server(Kind("nginx", ""), "127.0.0.1", port, log)
        command = [program, "-p", name, "-c", f"{folder}/nginx.conf", "-e", str(log)]
        with process(command) as started:

            def is_up() -> bool:
                assert started.poll() is None, f"nginx has ended:\n{front.log}"
                return front.answers()

            until(is_up, lambda: f"nginx answers:\n{front.log}")
            yield front
