/// The other end of these tests: HTTP and TLS by Python's own modules, and certificates by openssl.
///
/// It prints one line of JSON with the port of each of its servers and the path of the authority's file.
/// `/echo` answers with what came, `/status/N` with N, `/bytes/N` with as many, `/connection` with a number
/// of the connection's own, `/silent` never, `/headers` with odd ones, `/redirect` with a place.
enum ServerScript {
    static let text = #"""
        import http.server, itertools, json, os, shutil, socketserver, ssl, subprocess, sys, tempfile, threading, warnings

        warnings.simplefilter("ignore")
        folder = tempfile.mkdtemp(prefix="curl-test-")

        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], cwd=folder, check=True,
                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

        def authority(name):
            openssl("req", "-x509", *KEY, "-keyout", name + ".key", "-out", name + ".pem", "-days", "2",
                    "-subj", "/CN=" + name, "-addext", "basicConstraints=critical,CA:TRUE")

        def leaf(name, issuer, host, dates):
            openssl("req", "-new", *KEY, "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + name)
            with open(os.path.join(folder, name + ".ext"), "w") as file:
                file.write("[leaf]\nsubjectAltName=" + host + "\n")
            with open(os.path.join(folder, name + ".conf"), "w") as file:
                file.write("[ca]\ndefault_ca=this\n[this]\ndatabase=%s.db\nserial=%s.serial\nnew_certs_dir=.\n"
                           "default_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n" % (name, name))
            open(os.path.join(folder, name + ".db"), "w").close()
            with open(os.path.join(folder, name + ".serial"), "w") as file:
                file.write("01\n")
            openssl("ca", "-batch", "-config", name + ".conf", "-in", name + ".csr", "-out", name + ".pem",
                    "-cert", issuer + ".pem", "-keyfile", issuer + ".key", "-notext",
                    "-startdate", dates[0], "-enddate", dates[1], "-extfile", name + ".ext", "-extensions", "leaf")

        NOW = ("200101000000Z", "450101000000Z")
        PAST = ("200101000000Z", "210101000000Z")
        FUTURE = ("400101000000Z", "450101000000Z")
        HOST = "DNS:localhost,IP:127.0.0.1"
        authority("trusted")
        authority("stranger")
        leaf("good", "trusted", HOST, NOW)
        leaf("expired", "trusted", HOST, PAST)
        leaf("early", "trusted", HOST, FUTURE)
        leaf("wronghost", "trusted", "DNS:elsewhere.example", NOW)
        leaf("unknown", "stranger", HOST, NOW)
        openssl("req", "-x509", *KEY, "-keyout", "selfsigned.key", "-out", "selfsigned.pem", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=" + HOST)

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body are two writes: else the second waits for a delayed acknowledgement, 40 ms an answer.
            disable_nagle_algorithm = True
            numbers = itertools.count()

            def setup(self):
                super().setup()
                self.number = next(Handler.numbers)

            def log_message(self, *arguments):
                pass

            def answer(self, status, body, headers=()):
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                first, _, rest = self.path[1:].partition("?")[0].partition("/")
                if first == "echo":
                    said = {"method": self.command, "path": self.path, "headers": self.headers.items(),
                            "body": body.decode("latin-1")}
                    self.answer(200, json.dumps(said).encode())
                elif first == "status":
                    self.answer(int(rest), b"as asked")
                elif first == "bytes":
                    self.answer(200, b"x" * int(rest))
                elif first == "connection":
                    self.answer(200, str(self.number).encode())
                elif first == "headers":
                    self.answer(200, b"", [("X-Odd", "  spaced \t"), ("X-EMPTY", ""), ("X-Many", "1"), ("x-many", "2")])
                elif first == "flood":
                    self.answer(200, b"", [("X-%d" % n, "y" * 1000) for n in range(90)] * 4)
                elif first == "silent":
                    self.rfile.read(1)
                elif first == "redirect":
                    self.answer(302, b"", [("Location", "/echo")])
                elif first == "halve":
                    self.send_response(200)
                    self.send_header("Content-Length", "100")
                    self.end_headers()
                    self.wfile.write(b"half")
                    self.close_connection = True
                else:
                    self.close_connection = True

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

        class Stream(socketserver.BaseRequestHandler):
            """Sends back what it reads, and ends at the byte 0."""
            def handle(self):
                while data := self.request.recv(65536):
                    self.request.sendall(data)
                    if data.endswith(b"\0"):
                        self.request.unwrap()
                        return

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 64
            context = None

            def get_request(self):
                connection, address = super().get_request()
                if self.context:
                    connection = self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
                return connection, address

            def finish_request(self, request, address):
                if self.context:
                    request.do_handshake()
                super().finish_request(request, address)

            def handle_error(self, *arguments):
                pass

        def serve(handler, certificate=None, version=None):
            server = Server(("127.0.0.1", 0), handler)
            if certificate:
                server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                if version:
                    server.context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
                    server.context.maximum_version = version
                    server.context.set_ciphers("ALL:@SECLEVEL=0")
                server.context.load_cert_chain(os.path.join(folder, certificate + ".pem"),
                                               os.path.join(folder, certificate + ".key"))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            return server.server_address[1]

        ports = {name: serve(Handler, name)
                 for name in ["good", "expired", "early", "wronghost", "unknown", "selfsigned"]}
        ports["plain"] = serve(Handler)
        ports["old"] = serve(Handler, "good", ssl.TLSVersion.TLSv1_1)
        ports["stream"] = serve(Stream, "good")
        ports["wronghost_stream"] = serve(Stream, "wronghost")
        print(json.dumps({"ports": ports, "authority": os.path.join(folder, "trusted.pem")}), flush=True)
        sys.stdin.read()
        shutil.rmtree(folder)
        """#
}
