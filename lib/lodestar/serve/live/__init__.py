"""Live what-ifs: each client's in a process of its own, reached through the front alone.

Who does what
-------------
The *front* signs people in, checks every path and holds no library that computes. Beside it runs a
*nursery* (``nursery``): one process, one thread, in which Voila, the libraries of the workbooks and
the compiled templates are loaded, and no client's data. At a client's first touch it forks a *live
process* (``process``), which runs Voila on a private socket (``voila``) and forks, before it knows
its token, the *fork server* of that client's kernels (``warm``). The front's side is ``nurse`` (to
the nursery), ``upstream`` (one live process) and ``upstreams`` (all of them).

What a live process can reach
-----------------------------
Its folder (``folder``) holds the live part of published workbooks, results.json and what the run
carries for its what-ifs; no input, no other client, no whole notebook. It reads that and writes in
one part of it. Where the system lets it (``confine``) it is a UNIX user of its own, sees a file
system with programs, libraries and that folder only, no process but its own and no network
(``namespaces``), and is held to the same files a second time by ``landlock``; it can gain no
rights. What is not possible is said when the first one starts (``users``).

What a browser can reach
------------------------
The routes of ``routes`` and nothing else that Voila answers: a new copy of a workbook, whether its
kernel is there, its socket (``channels``), its end (``proxy``), and Voila's static files, which
the front sends itself (``statics``). The front makes up the kernel's name, so it knows whose it is
before it exists: a session's copies are its own. Cookies stop at the front; its token for a live
process is in no kernel's memory. Bodies and messages pass at the pace of whoever takes them.

When it ends
------------
A copy ends with its page's last word, seconds after its socket closed without one, when nobody
touched it for long, and with its session (``admission`` counts and keeps who waits in line). A live
process ends when it is empty for long, takes too much memory, or dies: its pages are told by the
code of the closing socket (``names``) and say what to do; the next touch starts another. All ends
with the front, also when that is killed.
"""

from typing import TYPE_CHECKING

from lodestar.lazy import on_first_use

if TYPE_CHECKING:
    from lodestar.serve.live.admission import Busy
    from lodestar.serve.live.limits import Limits
    from lodestar.serve.live.routes import live_handlers
    from lodestar.serve.live.upstream import Upstream
    from lodestar.serve.live.upstreams import Upstreams

__all__ = ["Busy", "Limits", "Upstream", "Upstreams", "live_handlers"]

# The live processes import from here too, and need nothing of the front's.
__getattr__ = on_first_use(
    __name__,
    {
        "lodestar.serve.live.admission": ("Busy",),
        "lodestar.serve.live.limits": ("Limits",),
        "lodestar.serve.live.routes": ("live_handlers",),
        "lodestar.serve.live.upstream": ("Upstream",),
        "lodestar.serve.live.upstreams": ("Upstreams",),
    },
)
