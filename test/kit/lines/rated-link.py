"""A line with a rate and a real buffer, in front of a port of this machine: see rated-link.ts, which starts it.

Arguments: the server's port. Every line of its input is the rate from now on, in bits a second each way, 0 for none; the end
of its input ends it. Its first line of output is the port it listens on.
"""

import asyncio
import socket
import sys

# What Ethernet carries in a packet: on this machine packets of 64 KiB would let the server's kernel take megabytes at once.
SEGMENT_BYTES = 1460
# Of each socket in the kernel, which doubles it. Whatever does not fit waits at the sender.
SOCKET_BYTES = 16 * 1024
# Waits in the line itself, for each connection.
QUEUE_BYTES = 32 * 1024
# A line carries a burst of so many seconds after it was idle.
BURST_SECONDS = 0.01


class Rate:
    """One direction of the line: every connection has its turn."""

    def __init__(self):
        self.bits_per_second = 0
        self.free_at = 0.0
        self.turns = asyncio.Lock()

    @property
    def piece_bytes(self):
        return 65536 if self.bits_per_second == 0 else max(SEGMENT_BYTES, min(16384, self.bits_per_second // 4000))

    async def pass_on(self, length):
        async with self.turns:
            if self.bits_per_second == 0:
                return
            now = asyncio.get_running_loop().time()
            self.free_at = max(self.free_at, now - BURST_SECONDS) + length * 8 / self.bits_per_second
            if self.free_at > now:
                await asyncio.sleep(self.free_at - now)


def small(end):
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT_BYTES)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_BYTES)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BYTES)
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    end.setblocking(False)
    return end


async def carry(reader, writer, rate):
    writer.transport.set_write_buffer_limits(high=0)
    try:
        while piece := await reader.read(rate.piece_bytes):
            await rate.pass_on(len(piece))
            writer.write(piece)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.transport.abort()


async def main():
    down, up = Rate(), Rate()

    async def accept(reader, writer):
        end = small(socket.socket())
        try:
            await asyncio.get_running_loop().sock_connect(end, ("127.0.0.1", int(sys.argv[1])))
            to_server, from_server = None, None
            from_server, to_server = await asyncio.open_connection(sock=end, limit=QUEUE_BYTES // 2)
            await asyncio.gather(carry(reader, to_server, up), carry(from_server, writer, down))
            to_server.close()
        except OSError:
            end.close()
        writer.close()

    listener = small(socket.socket())
    listener.bind(("127.0.0.1", 0))
    await asyncio.start_server(accept, sock=listener, limit=QUEUE_BYTES // 2, backlog=512)
    print(listener.getsockname()[1], flush=True)
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    while order := await orders.readline():
        down.bits_per_second = up.bits_per_second = int(order)


asyncio.run(main())
