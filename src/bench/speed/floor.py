"""What no client can beat by much: every distinct blob once, straight from the tar by sendfile, on four connections;
nothing is hashed, asked for, mounted or read back, and there are no manifests and no tags.

    python3 -m speed.floor TAR http[s]://HOST:PORT [PREFIX]
"""
import multiprocessing
import re
import socket
import ssl
import sys
import tarfile
from http.client import HTTPResponse
from urllib.parse import urlsplit

LINK = re.compile(r"docker/registry/v2/repositories/(.+)/_layers/sha256/([0-9a-f]{64})/link")
DATA = re.compile(r"docker/registry/v2/blobs/sha256/../([0-9a-f]{64})/data")


def blobs(path):
    """(offset, size, digest, repository) in the order of offsets."""
    homes, places = {}, {}
    with tarfile.open(path) as tar:
        for entry in tar:
            if match := LINK.fullmatch(entry.name):
                homes.setdefault(match[2], match[1])
            elif match := DATA.fullmatch(entry.name):
                places[match[1]] = (entry.offset_data, entry.size)
    return sorted((*places[digest], digest, home) for digest, home in homes.items() if digest in places)


class Sender:
    def __init__(self, path, address, prefix):
        self.file, self.address, self.prefix = open(path, "rb"), urlsplit(address), prefix
        self.connection = socket.create_connection((self.address.hostname, self.address.port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.address.scheme == "https":
            self.connection = ssl._create_unverified_context().wrap_socket(self.connection)

    def send(self, offset, size, digest, repository):
        session = self.ask("POST", f"/v2/{self.prefix}{repository}/blobs/uploads/", 202).getheader("Location")
        there = urlsplit(session)
        self.ask("PUT", f"{there.path}?{there.query}&digest=sha256:{digest}", 201, offset, size)

    def ask(self, method, path, expected, offset=0, size=0):
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.address.netloc}\r\nContent-Length: {size}\r\nContent-Type: application/octet-stream\r\n\r\n"
        self.connection.sendall(head.encode())
        if size:
            self.pour(offset, size)
        answer = HTTPResponse(self.connection, method=method)
        answer.begin()
        answer.read()
        if answer.status != expected:
            sys.exit(f"{answer.status} for {method} {path}")
        return answer

    def pour(self, offset, size):
        if not isinstance(self.connection, ssl.SSLSocket):
            self.connection.sendfile(self.file, offset, size)
            return
        self.file.seek(offset)
        while size > 0:
            piece = self.file.read(min(size, 1 << 18))
            self.connection.sendall(piece)
            size -= len(piece)


def work(path, address, prefix, todo, lock, turn):
    sender = Sender(path, address, prefix)
    while True:
        with lock:
            mine, turn.value = turn.value, turn.value + 1
        if mine >= len(todo):
            return
        sender.send(*todo[mine])


def main(path, address, prefix=""):
    todo, lock, turn = blobs(path), multiprocessing.Lock(), multiprocessing.Value("i", 0)
    workers = [multiprocessing.Process(target=work, args=(path, address, prefix, todo, lock, turn)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sys.exit(max(abs(worker.exitcode) for worker in workers))


if __name__ == "__main__":
    main(*sys.argv[1:])
