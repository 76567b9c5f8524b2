"""Servers that pass requests on to another one on this machine."""

import http.client
import http.server


class Quiet(http.server.BaseHTTPRequestHandler):
    """Says nothing on stderr; all methods are one."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer()

    def do_HEAD(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))


def pass_on(handler, host, port, path, body):
    """One request, and its answer back."""
    onward = http.client.HTTPConnection(host, port)
    kept = {name: text for name, text in handler.headers.items() if not name.lower().startswith("proxy-")}
    onward.request(handler.command, path, body, kept)
    answer = onward.getresponse()
    content = answer.read()
    handler.send_response(answer.status)
    for name, text in answer.getheaders():
        if name.lower() not in ("transfer-encoding", "content-length", "connection"):
            handler.send_header(name, text)
    # The answer to HEAD tells the length of what it does not have.
    length = answer.getheader("Content-Length", "0") if handler.command == "HEAD" else str(len(content))
    handler.send_header("Content-Length", length)
    handler.end_headers()
    handler.wfile.write(content)
