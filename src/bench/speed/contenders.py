"""Those who bring an archive into an empty registry. Each has a name, what it may fill, and steps that are measured."""
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime

from . import measure
from .registry import Registry, free_port

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PREFIX = "mirror/site"


class Field:
    """Where one run takes place: an archive, a cold registry, and a folder that is emptied afterwards."""

    def __init__(self, bench, archive, registry, folder):
        self.bench, self.archive, self.registry, self.folder = bench, archive, registry, folder
        os.makedirs(folder)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def run(self, command, folders=(), log="log", **more):
        cost = measure.run(command, folders or [self.folder], self.path(log), **more)
        return self.registry.charge(cost)

    def clean(self):
        if not self.bench.keep:
            shutil.rmtree(self.folder, ignore_errors=True)


def floor(field):
    scheme = "https" if field.registry.tls else "http"
    command = [sys.executable, "-m", "speed.floor", field.archive.tar, f"{scheme}://{field.registry.address}", PREFIX + "/"]
    yield "floor", field.run(command, cwd=HERE)


def ingest(field, what, log):
    security = ["--ca", field.bench.certificate] if field.registry.tls else ["--plain-http"]
    return field.run(
        [field.bench.landfall, "ingest", "-v", what, "--to", f"site=docker://{field.registry.address}/{PREFIX}", *security, "--data", field.path("data")],
        [field.path("data")],
        log,
    )


STEP = re.compile(r"([-\dT:]+\.\d+)\S* INFO .* (PUSH|PUBLISH) for ")


def steps(log):
    """When Landfall's log says that a step began."""
    found = {}
    with open(log, errors="replace") as lines:
        for line in lines:
            if match := STEP.match(line):
                found.setdefault(match[2], datetime.fromisoformat(match[1]))
    return found


def landfall(field):
    """The whole command, and of it the step that pushes: from a plan to the last tag read back."""
    whole = ingest(field, field.archive.content, "log")
    began = steps(field.path("log"))
    push = measure.Cost(wall=(began["PUBLISH"] - began["PUSH"]).total_seconds())
    whole.notes["push"] = push.wall
    yield "landfall ingest", whole
    yield "landfall push alone", push
    if field.bench.again:
        yield "landfall ingest, again", ingest(field, field.archive.content, "again")


def landfall_only(field):
    yield "landfall ingest", ingest(field, field.archive.content, "log")


def landfall_packed(field):
    yield "landfall ingest X.tar.gz", ingest(field, os.path.join(field.archive.pack(), "content.tar.gz"), "log")


def sha256sum(field):
    return field.run(["sha256sum", "-c", "--quiet", os.path.basename(field.archive.tar) + ".sha256"], cwd=field.archive.content)


def four_at_a_time(field, sources, options):
    """One skopeo process an image, as scripts do it."""
    pairs = field.path("pairs")
    with open(pairs, "w") as out:
        for repository, tag, source in sources:
            out.write(f"{source} docker://{field.registry.address}/{PREFIX}/{repository}:{tag}\n")
    copy = ["skopeo", "copy", "--all", "--quiet", *options, "--dest-tls-verify=false"]
    return field.run(["xargs", "-a", pairs, "-P", "4", "-n", "2", *copy])


def skopeo(field):
    """From a second registry that serves the unpacked tree; without and with the checksum first."""
    tree, tags = field.archive.unpack(), field.archive.tags()
    check = sha256sum(field)
    with Registry(field.path("source"), storage=tree) as source:
        cost = four_at_a_time(field, [(r, t, f"docker://{source.address}/{r}:{t}") for r, t, _ in tags], ["--src-tls-verify=false"])
    yield "skopeo, 4 at a time", cost
    yield "sha256sum -c, skopeo", check + cost


def skopeo_from_folders(field):
    """From hard links into the unpacked tree: no second registry takes part."""
    layouts = field.archive.lay_out()
    yield "skopeo, 4 at a time, dir:", four_at_a_time(
        field, [(r, t, f"dir:{layouts}/{r}:{t}") for r, t, _ in field.archive.tags()], []
    )


def skopeo_sync(field):
    layouts = field.archive.lay_out()
    command = ["skopeo", "sync", "--all", "--scoped", "--src", "dir", "--dest", "docker", "--dest-tls-verify=false"]
    yield "skopeo sync", field.run([*command, layouts, f"{field.registry.address}/{PREFIX}"])


def oc_mirror_command(field, content):
    """Disk to mirror with an empty cache and home; whoever calls it lays isc.yaml beside."""
    shutil.copy(os.path.join(field.archive.folder, "isc.yaml"), field.path("isc.yaml"))
    os.makedirs(field.path("home"))
    target = f"docker://{field.registry.address}/{PREFIX}"
    return [
        *[field.bench.oc_mirror, "--v2", "-c", field.path("isc.yaml"), "--from", f"file://{content}", target],
        *["--dest-tls-verify=false", "--cache-dir", field.path("cache"), "-p", str(free_port())],
    ]


def oc_mirror(field):
    os.makedirs(field.path("content"))
    os.link(field.archive.tar, field.path("content", os.path.basename(field.archive.tar)))
    check = sha256sum(field)
    command = oc_mirror_command(field, field.path("content"))
    cost = field.run(command, cwd=field.folder, env=dict(os.environ, HOME=field.path("home")))
    yield "oc-mirror", cost
    yield "sha256sum -c, oc-mirror", check + cost


def hackathon(field):
    """The whole procedure that is carried out by hand."""
    packed = field.archive.pack()
    command = oc_mirror_command(field, field.path("content"))
    unpack = f"(cd '{packed}' && sha256sum -c --quiet content.tar.gz.sha256) && tar -xzf '{packed}/content.tar.gz'"
    yield "sha256sum -c, tar -xzf, oc-mirror", field.run(
        ["sh", "-c", unpack + ' && exec "$@"', "sh", *command], cwd=field.folder, env=dict(os.environ, HOME=field.path("home"))
    )


def available(name):
    return shutil.which(name) is not None


def certificate(folder):
    """A self-made certificate for the loopback: (certificate, key)."""
    pair = os.path.join(folder, "tls.crt"), os.path.join(folder, "tls.key")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=bench", "-addext", "subjectAltName=IP:127.0.0.1"]
        + ["-addext", "basicConstraints=critical,CA:TRUE", "-out", pair[0], "-keyout", pair[1]],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return pair
