"""Debian's docker-registry as a process of its own, empty or serving a tree."""
import os
import shutil
import socket
import subprocess
import time

from .measure import MIB, Failed, cpu_of

CONFIG = """version: 0.1
log: {{level: error}}
storage:
  filesystem: {{rootdirectory: {storage}, maxthreads: 100}}
  cache: {{blobdescriptor: inmemory}}
  delete: {{enabled: true}}
http:
  addr: 127.0.0.1:{port}
  secret: not-one
{tls}"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Registry:
    """Started when entered; with its own storage it is gone afterwards, storage and all."""

    def __init__(self, folder, storage=None, tls=None):
        self.folder, self.tls = folder, tls
        self.own = storage is None
        self.storage = storage or os.path.join(folder, "storage")
        self.log = os.path.join(folder, "access.log")

    def __enter__(self):
        os.makedirs(self.folder, exist_ok=True)
        self.port = free_port()
        config = os.path.join(self.folder, "registry.yml")
        tls = f"  tls: {{certificate: {self.tls[0]}, key: {self.tls[1]}}}\n" if self.tls else ""
        with open(config, "w") as out:
            out.write(CONFIG.format(storage=self.storage, port=self.port, tls=tls))
        with open(self.log, "wb") as out:
            self.process = subprocess.Popen(["docker-registry", "serve", config], stdout=out, stderr=out)
        self.await_port()
        self.since = (self.cpu(), self.requests(), self.received())
        return self

    def await_port(self):
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        self.__exit__()
        raise Failed(f"docker-registry does not listen, see {self.log}")

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def cpu(self):
        return cpu_of(self.process.pid)

    def requests(self):
        """Lines of its access log."""
        with open(self.log, "rb") as log:
            return sum(1 for line in log if b" HTTP/1." in line)

    def received(self):
        """MiB it has read: from sockets, and the little it reads again from its own files."""
        with open(f"/proc/{self.process.pid}/io") as counters:
            return int(counters.readline().split()[1]) / MIB

    def charge(self, cost):
        """Adds to a cost what the registry did since it started or was charged last."""
        now = (self.cpu(), self.requests(), self.received())
        cost.registry_cpu += now[0] - self.since[0]
        cost.requests += now[1] - self.since[1]
        cost.received += now[2] - self.since[2]
        self.since = now
        return cost

    def __exit__(self, *ignored):
        self.process.kill()
        self.process.wait()
        if self.own:
            shutil.rmtree(self.folder, ignore_errors=True)
