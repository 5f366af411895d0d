#!/usr/bin/env python3
"""A judge for the example: whoever calls himself good passes. It listens on loopback alone."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Judge(BaseHTTPRequestHandler):
    def do_GET(self):
        user = self.headers.get("x-user", "")
        self.send_response(200 if user == "good" else 403)
        self.send_header("x-judged", user)
        self.send_header("content-length", "0")
        self.end_headers()

    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET


ThreadingHTTPServer(("127.0.0.1", 18090), Judge).serve_forever()
