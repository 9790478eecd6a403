"""A live process's own fork server: it gives kernels to that process and to nobody else."""

from __future__ import annotations

import socket
import struct

from lodestar.kernels.zygote import ForkServer

__all__ = ["OwnForkServer"]


class OwnForkServer(ForkServer):
    """A fork server for its parent alone.

    Notes
    -----
    Where the system gives live processes no user of their own, kernels of another client are this
    user too, and may find its socket.
    """

    def is_owner(self, connection: socket.socket) -> bool:
        """Tell whether the parent connects."""
        kind = struct.calcsize("3i")
        peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, kind)
        return bool(struct.unpack("3i", peer)[0] == self.parent)
