"""The way to AWS in every partition: a proxy whose tunnels end here, by a certificate for AWS's names.

    partition_proxy.py FOLDER PORT MOTO_PORT SIGN_IN_PORT

Requests to an STS and to S3 go to the server on MOTO_PORT, those to a sign-in to the one on SIGN_IN_PORT. What was asked of whom
stands in FOLDER/asked: a line of host, path and body for each request.
"""

import http.server
import pathlib
import sys
import threading

from certificates import tls_context
from forwarding import Quiet, pass_on

FOLDER = pathlib.Path(sys.argv[1])
PORT, MOTO, SIGN_IN = map(int, sys.argv[2:])
SUFFIXES = ["amazonaws.com", "amazonaws.com.cn", "amazonaws.eu"]
SIGN_IN_SUFFIXES = ["signin.aws.amazon.com", "signin.amazonaws.cn", "signin.amazonaws-us-gov.com", "signin.amazonaws-eusc.eu"]
REGIONS = ["eu-central-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"]
HOSTS = [f"sts.{region}.{suffix}" for region in REGIONS for suffix in SUFFIXES]
HOSTS += [f"{region}.{suffix}" for region in REGIONS for suffix in SIGN_IN_SUFFIXES]
HOSTS += ["*.s3.eu-central-1.amazonaws.com", "*.s3.us-east-1.amazonaws.com"]
TLS = tls_context(FOLDER, HOSTS)
TURN = threading.Lock()


class Aws(Quiet):
    """What stands at the end of a tunnel."""

    def answer(self):
        host = self.headers["Host"].split(":")[0]
        body = self.body()
        is_sts = host.startswith("sts.")
        with TURN, (FOLDER / "asked").open("a") as asked:
            asked.write(f"{host} {self.path} {body.decode() if is_sts else ''}\n")
        is_moto = is_sts or ".s3." in host
        pass_on(self, "127.0.0.1", MOTO if is_moto else SIGN_IN, self.path, body)


class Tunnel(Quiet):
    """A proxy that knows CONNECT only."""

    def do_CONNECT(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.flush()
        inside = TLS.wrap_socket(self.connection, server_side=True)
        Aws(inside, self.client_address, self.server)
        inside.close()
        self.close_connection = True


http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Tunnel).serve_forever()
