"""A lockstep client on Debian's python3-websockets, which shares no code with the server: prints what it saw, as JSON."""

import asyncio
import json
import logging
import struct
import sys
import urllib.error
import urllib.request

import websockets

PORT, PROTOCOL = sys.argv[1], int(sys.argv[2])
HERE = f"http://127.0.0.1:{PORT}"
JOINED, DATA = 10, 17
READY, PING = 1, 3
SNAPSHOT, FRAME, PONG = 1, 2, 4
TIMEOUT_S = 15
# The server gives up who has not answered its pings, one in three seconds, within nine.
HEARTBEATS_S = 10


def reserve(headers={}):
    """Matchmaking over HTTP: the reservation, or the status of the refusal."""
    wishes = {"plane": "lockstep", "protocol": PROTOCOL, "name": "Python"}
    headers = {"content-type": "application/json", **headers}
    request = urllib.request.Request(f"{HERE}/matchmake/joinOrCreate/tag", json.dumps(wishes).encode(), headers)
    try:
        with urllib.request.urlopen(request) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        return error.code


async def connect(**options):
    seat = await asyncio.get_running_loop().run_in_executor(None, reserve)
    url = f"ws://127.0.0.1:{PORT}/{seat['processId']}/{seat['roomId']}?sessionId={seat['sessionId']}"
    return await websockets.connect(url, **options)


async def enter():
    """A seat whose join has been offered and acknowledged."""
    socket = await connect()
    offer = await socket.recv()
    assert offer[0] == JOINED, offer
    await socket.send(bytes([JOINED]))
    return socket


async def until(socket, kind):
    """The next of our messages of a kind; others are passed over."""
    while True:
        message = await socket.recv()
        if message[0] == DATA and message[1] == kind:
            return message


async def play():
    socket = await enter()
    # One message in three frames: fragmentation (RFC 6455, section 5.4).
    await socket.send([bytes([DATA]), bytes([READY]), bytes([0])])
    await until(socket, SNAPSHOT)
    await until(socket, FRAME)
    for _ in range(20):
        await until(socket, FRAME)
    await socket.send(bytes([DATA, PING]) + struct.pack("<I", 4242))
    pong = await until(socket, PONG)
    echo = struct.unpack_from("<I", pong, 2)[0]
    await (await socket.ping(b"are you there"))
    extensions = [str(extension) for extension in socket.extensions] if hasattr(socket, "extensions") else []
    await socket.close(4000, "goodbye")
    return {"echo": echo, "extensions": extensions, "closed": socket.close_code}


class Heartbeats(logging.Handler):
    """Counts pings received and pongs sent, which the library answers by itself and only logs."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def emit(self, record):
        line = record.getMessage()
        for sign in ("< PING", "> PONG"):
            if line.startswith(sign):
                self.seen.append(sign)


async def stay():
    heartbeats = Heartbeats()
    logger = logging.Logger("heartbeats", logging.DEBUG)
    logger.addHandler(heartbeats)
    socket = await connect(logger=logger, ping_interval=None)
    await socket.recv()
    await socket.send(bytes([JOINED]))
    await socket.send(bytes([DATA, READY, 0]))
    loop = asyncio.get_running_loop()
    end = loop.time() + HEARTBEATS_S
    while loop.time() < end:
        await until(socket, FRAME)
    await socket.close()
    return {"pings": heartbeats.seen.count("< PING"), "pongs": heartbeats.seen.count("> PONG"), "closed": socket.close_code}


async def closed_after(*messages):
    """The code and reason that the server closes with."""
    socket = await enter()
    try:
        for message in messages:
            await socket.send(message)
        while True:
            await socket.recv()
    except websockets.exceptions.ConnectionClosed:
        return [socket.close_code, socket.close_reason]


async def refused(path, **options):
    """The status that answers a handshake."""
    try:
        await websockets.connect(f"ws://127.0.0.1:{PORT}{path}", **options)
    except websockets.exceptions.InvalidHandshake as error:
        response = getattr(error, "response", error)
        return response.status_code
    return "open"


async def main():
    told = {
        "play": play(),
        "stay": stay(),
        "text": closed_after("hello"),
        "junk": closed_after(*[bytes([99, 1, 2, 3])] * 30),
        "too long": closed_after(bytes(5000)),
        "foreign origin": refused("/a/b?sessionId=c", origin="https://evil.example"),
        "no session": refused("/a/b"),
        "no such path": refused("/a/b/c/d"),
    }
    answers = await asyncio.gather(*(asyncio.wait_for(each, TIMEOUT_S) for each in told.values()))
    seen = dict(zip(told, answers))
    seen["foreign page"] = reserve({"origin": "https://evil.example"})
    print(json.dumps(seen))


asyncio.run(main())
