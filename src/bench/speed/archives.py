"""Archives as oc-mirror v2 writes them: made by code here, the same for the same seed, or by oc-mirror itself."""
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import tarfile
from collections import defaultdict

STORE = "docker/registry/v2/"
DOCKER = "application/vnd.docker."
TIME = "2026-11-22T17:45:22Z"
PIECE = 1 << 24


class Archive:
    """A folder with isc.yaml and content/mirror_000001.tar, and beside the tar its checksum file."""

    def __init__(self, folder):
        self.folder = folder
        self.content = os.path.join(folder, "content")
        self.tar = os.path.join(self.content, "mirror_000001.tar")
        self.tree = os.path.join(folder, "tree")
        self.layouts = os.path.join(folder, "layouts")

    @property
    def mib(self):
        return os.path.getsize(self.tar) / (1 << 20)

    def tags(self):
        """(repository, tag, digest) of every tag."""
        found, infix = [], "/_manifests/tags/"
        with tarfile.open(self.tar) as tar:
            for entry in tar:
                if entry.name.startswith(STORE + "repositories/") and entry.name.endswith("/current/link"):
                    repository, _, rest = entry.name[len(STORE + "repositories/") :].partition(infix)
                    found.append((repository, rest.split("/")[0], tar.extractfile(entry).read().decode()))
        return sorted(found)

    def finish(self):
        digest = hashlib.sha256()
        with open(self.tar, "rb") as tar:
            while piece := tar.read(PIECE):
                digest.update(piece)
        with open(self.tar + ".sha256", "w") as sums:
            sums.write(f"{digest.hexdigest()}  mirror_000001.tar\n")
        return self

    def unpack(self):
        """The tree that a registry can serve."""
        if not os.path.exists(self.tree):
            os.makedirs(self.tree + ".part")
            subprocess.run(["tar", "-xf", self.tar, "-C", self.tree + ".part"], check=True)
            os.rename(self.tree + ".part", self.tree)
        return self.tree

    def lay_out(self):
        """A folder for each image as skopeo's dir: transport wants it, of hard links into the tree."""
        if not os.path.exists(self.layouts):
            self.unpack()
            for repository, tag, digest in self.tags():
                self.lay_out_image(os.path.join(self.layouts + ".part", f"{repository}:{tag}"), digest)
            os.rename(self.layouts + ".part", self.layouts)
        return self.layouts

    def lay_out_image(self, folder, digest, name="manifest.json"):
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "version"), "w") as version:
            version.write("Directory Transport Version: 1.1\n")
        self.link(digest, os.path.join(folder, name))
        with open(self.blob(digest)) as text:
            manifest = json.load(text)
        for child in manifest.get("manifests", []):
            self.lay_out_image(folder, child["digest"], child["digest"][7:] + ".manifest.json")
        for part in manifest.get("layers", []) + [manifest["config"]] * ("config" in manifest):
            self.link(part["digest"], os.path.join(folder, part["digest"][7:]))

    def blob(self, digest):
        return os.path.join(self.tree, STORE, "blobs/sha256", digest[7:9], digest[7:], "data")

    def link(self, digest, path):
        if not os.path.exists(path):
            os.link(self.blob(digest), path)

    def pack(self):
        """The folder as one tar.gz with a checksum file, as the hackathon's procedure carries it."""
        packed = os.path.join(self.folder, "packed")
        if not os.path.exists(packed):
            part = packed + ".part"
            os.makedirs(part)
            gzip = "pigz -1" if shutil.which("pigz") else "gzip -1"
            subprocess.run(
                ["tar", "-I", gzip, "-cf", os.path.join(part, "content.tar.gz"), "-C", self.folder, "content/mirror_000001.tar"], check=True
            )
            subprocess.run("sha256sum content.tar.gz > content.tar.gz.sha256", shell=True, cwd=part, check=True)
            os.rename(part, packed)
        return packed


def made(folder, fill):
    """The archive in a folder; made there by `fill` unless it is there already."""
    if not os.path.exists(folder):
        part = folder + ".part"
        shutil.rmtree(part, ignore_errors=True)
        archive = Archive(part)
        os.makedirs(archive.content)
        fill(archive)
        archive.finish()
        os.rename(part, folder)
    return Archive(folder)


def by_oc_mirror(tools, oc_mirror, port):
    """The generator of real archives: 40 images, 2.4 GiB."""

    def fill(archive):
        environment = dict(os.environ, TMPDIR=os.path.dirname(archive.folder), CACHE_PORT=str(port), OC_MIRROR=oc_mirror)
        isc = os.path.join(tools, "plans/bench.isc.yaml")
        subprocess.run([os.path.join(tools, "make-archive.sh"), "--profile", "bench", isc, archive.content], check=True, env=environment)
        os.rename(os.path.join(archive.content, "isc.yaml"), os.path.join(archive.folder, "isc.yaml"))
        for other in ("console.log", "exit-code"):
            os.remove(os.path.join(archive.content, other))

    return fill


class Writer:
    """Writes an archive blob by blob; its links follow at the end, which every reader allows."""

    def __init__(self, archive):
        self.archive = archive
        self.tar = tarfile.open(archive.tar, "w", format=tarfile.PAX_FORMAT)
        self.links = {}
        self.written = set()
        self.wanted = []

    def file(self, name, content):
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = len(content), 0o644, 1795369522
        self.tar.addfile(entry, io.BytesIO(content))

    def blob(self, content):
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self.written:
            self.written.add(digest)
            self.file(f"{STORE}blobs/sha256/{digest[:2]}/{digest}/data", content)
        return digest

    def zeros(self, size):
        """A blob of nothing but zeros, which takes no disk."""
        digest, piece = hashlib.sha256(), bytes(PIECE)
        for _ in range(size // PIECE):
            digest.update(piece)
        entry = tarfile.TarInfo(f"{STORE}blobs/sha256/{digest.hexdigest()[:2]}/{digest.hexdigest()}/data")
        entry.size, entry.mode = size // PIECE * PIECE, 0o644
        self.tar.addfile(entry)
        self.tar.fileobj.seek(entry.size, os.SEEK_CUR)
        self.tar.offset += entry.size
        return digest.hexdigest(), entry.size

    def link(self, repository, below, digest):
        self.links[f"{STORE}repositories/{repository}/{below}/link"] = f"sha256:{digest}".encode()

    def image(self, repository, tag, layers):
        """An image of layers that are written: (digest, size) each."""
        config = json.dumps({"os": "linux", "architecture": "amd64", "comment": f"{repository}:{tag}"}).encode()
        parts = [(self.blob(config), len(config)), *layers]
        described = [{"digest": f"sha256:{digest}", "size": size} for digest, size in parts]
        described[0]["mediaType"] = DOCKER + "container.image.v1+json"
        for layer in described[1:]:
            layer["mediaType"] = DOCKER + "image.rootfs.diff.tar.gzip"
        manifest = {"schemaVersion": 2, "mediaType": DOCKER + "distribution.manifest.v2+json", "config": described[0], "layers": described[1:]}
        digest = self.blob(json.dumps(manifest).encode())
        for part, _ in parts:
            self.link(repository, f"_layers/sha256/{part}", part)
        self.link(repository, f"_manifests/revisions/sha256/{digest}", digest)
        self.link(repository, f"_manifests/tags/{tag}/current", digest)
        self.link(repository, f"_manifests/tags/{tag}/index/sha256/{digest}", digest)
        self.wanted.append(f"quay.io/{repository}:{tag}")

    def close(self):
        for path, digest in sorted(self.links.items()):
            self.file(path, digest)
        images = "".join(f"  - name: {image}\n" for image in self.wanted)
        isc = f"kind: ImageSetConfiguration\napiVersion: mirror.openshift.io/v2alpha1\nmirror:\n  additionalImages:\n{images}".encode()
        self.file("working-dir/internal/oc-mirror-version.json", b'{"gitVersion":"v5.1.0-855b64a"}')
        self.file(f"working-dir/isc_pinned_{TIME}.yaml", isc)
        self.file(f"isc_{TIME}", isc)
        self.tar.close()
        with open(os.path.join(self.archive.folder, "isc.yaml"), "wb") as out:
            out.write(isc)


def writing(fill):
    def written(archive):
        writer = Writer(archive)
        fill(writer)
        writer.close()

    return written


def layer(writer, seed, size):
    """A layer nothing can compress."""
    content = random.Random(seed).randbytes(size)
    return writer.blob(content), size


def mixed(images=40, mib=2400):
    """Images of layers from 1 to 120 MiB on five bases; about as many MiB as asked for."""

    def fill(writer):
        chance, bases = random.Random(1), [110, 72, 66, 28, 3]
        own = [min(120, max(1, int(chance.expovariate(1 / 16)))) for _ in range(images * 3)]
        scale = max(0.0, mib - sum(bases)) / sum(own)
        for number in range(images):
            base = chance.randrange(len(bases))
            layers = [layer(writer, f"base {base}", int(bases[base] * 2**20 * min(1.0, mib / 1000)))]
            for each in own[number * 3 : number * 3 + 3]:
                layers.append(layer(writer, f"own {number} {len(layers)}", max(1, int(min(120, each * scale) * 2**20))))
            writer.image(f"bench/mixed/app-{number:02}", f"v{number}", layers)

    return writing(fill)


def small(images=1000):
    """Images of three small blobs each, four of them in one repository."""

    def fill(writer):
        for number in range(images):
            layers = [layer(writer, f"small {number} {each}", 2000 + (number * 7919 + each * 104729) % 30000) for each in range(2)]
            writer.image(f"bench/small/app-{number // 4:03}", f"v{number % 4}", layers)

    return writing(fill)


def shared(generation, layers=100, kib=4096):
    """Ten images of ten layers; a later generation keeps nine of ten and is tagged anew."""

    def fill(writer):
        for image in range(layers // 10):
            own = [layer(writer, f"shared {image} {each} {generation if each == 9 else 0}", kib << 10) for each in range(10)]
            writer.image(f"bench/shared/app-{image}", f"v{generation}", own)

    return writing(fill)


def huge(gib=10):
    """One image with one layer of zeros."""

    def fill(writer):
        writer.image("bench/huge/app", "v1", [writer.zeros(gib << 30)])

    return writing(fill)


def entries(count):
    """One image, and so many entries in all: blobs that nothing refers to, and links to them."""

    def fill(writer):
        writer.image("bench/entries/app", "v1", [layer(writer, "entries", 1000)])
        by_repository = defaultdict(list)
        for number in range(count // 2):
            digest = writer.blob(b"%d" % number)
            by_repository[number % 100].append(digest)
        for repository, digests in by_repository.items():
            for digest in digests:
                writer.link(f"bench/entries/other-{repository}", f"_layers/sha256/{digest}", digest)

    return writing(fill)
