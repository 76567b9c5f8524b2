"""Networks as people have them, each on a loopback port in front of one HTTP server.

    network_faults.py FOLDER TARGET_PORT TLS_PORT RESET_PORT CAPTIVE_PORT PROXY_PORT SLOW_PORT

TLS: the server behind a certificate for localhost, whose CA is FOLDER/ca.pem.  RESET: takes a
request, counts it in FOLDER/broken and breaks the connection.  CAPTIVE: a page that wants a click, for whatever is asked.
PROXY: passes requests on for whoever says ann's password, and counts them in FOLDER/passed.
SLOW: begins an answer and never ends it.
"""

import base64
import http.server
import pathlib
import socket
import struct
import sys
import threading
from urllib.parse import urlsplit

from certificates import tls_context
from forwarding import Quiet, pass_on

FOLDER = pathlib.Path(sys.argv[1])
TARGET, TLS, RESET, CAPTIVE, PROXY, SLOW = map(int, sys.argv[2:])
PASSWORD = "Basic " + base64.b64encode(b"ann:hunter-of-proxies").decode()


class Behind(Quiet):
    def answer(self):
        pass_on(self, "127.0.0.1", TARGET, self.path, self.body())


class Captive(Quiet):
    def answer(self):
        page = b"<html><title>Hotel WLAN</title>Please accept our terms</html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


class Slow(Quiet):
    def answer(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        threading.Event().wait()


class Proxy(Quiet):
    def answer(self):
        if self.headers.get("Proxy-Authorization") != PASSWORD:
            self.send_response(407)
            self.send_header("Proxy-Authenticate", 'Basic realm="acme"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        with (FOLDER / "passed").open("a") as passed:
            passed.write(f"{self.command} {urlsplit(self.path).path}\n")
        asked = urlsplit(self.path)
        path = asked.path + ("?" + asked.query if asked.query else "")
        pass_on(self, asked.hostname, asked.port or 80, path or "/", self.body())


def break_off(port):
    """Reads the request's beginning and resets the connection."""
    listener = socket.create_server(("127.0.0.1", port))
    while True:
        connection, _ = listener.accept()
        if connection.recv(1024):
            with (FOLDER / "broken").open("a") as broken:
                broken.write("a request\n")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()


def serve(port, handler, context=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


serve(TLS, Behind, tls_context(FOLDER, ["localhost"]))
serve(CAPTIVE, Captive)
serve(SLOW, Slow)
serve(PROXY, Proxy)
break_off(RESET)
