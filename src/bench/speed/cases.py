"""What is measured: for each case an archive, who competes, and the goals."""
import os
import shutil
import sys

from . import archives, contenders, table
from .archives import made
from .contenders import Field
from .registry import Registry, free_port

PUSH = "landfall push alone"


class Bench:
    """One run of src/bench/run: its options, its folder, what it found."""

    def __init__(self, options):
        self.tools, self.rounds, self.keep = options.tools, options.rounds, options.keep
        self.folder, self.memory, self.landfall = options.folder, options.memory, options.landfall
        self.options, self.goals, self.again, self.turn = options, table.Goals(), False, 0
        self.oc_mirror = self.find_oc_mirror()
        self.certificate, self.key = contenders.certificate(self.folder)

    def find_oc_mirror(self):
        named = os.environ.get("OC_MIRROR") or shutil.which("oc-mirror")
        if not named and self.tools:
            named = os.path.join(self.folder, "oc-mirror")
            if not os.path.exists(named):
                os.system(f"xz -dc '{self.tools}/oc-mirror.xz' > '{named}' && chmod +x '{named}'")
        if not named:
            print("NO OC-MIRROR: its rows are left out (name TOOLS, or set OC_MIRROR)", file=sys.stderr)
        return named

    def archive(self, name, fill):
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            print(f"== making {path}", flush=True)
        return made(path, fill)

    def mixed(self):
        if self.tools and self.oc_mirror:
            return self.archive("oc-mirror-bench", archives.by_oc_mirror(self.tools, self.oc_mirror, free_port()))
        print("NO TOOLS: the archive is made by this program, not by oc-mirror", file=sys.stderr)
        return self.archive("mixed", archives.mixed())

    def compete(self, title, archive, crowd, tls=False, storage=None):
        """Each contender against a cold registry, one after the other, and that again for each round."""
        print(f"\n== {title}: {archive.mib:.0f} MiB", flush=True)
        with open(archive.tar, "rb") as tar:  # the same page cache for all
            while tar.read(1 << 24):
                pass
        rows = {}
        for _ in range(self.rounds):
            for contender in crowd:
                for name, cost in self.measure(archive, contender, tls, storage):
                    rows.setdefault(name, []).append(cost)
        table.show(rows, archive.mib)
        return rows

    def measure(self, archive, contender, tls, storage):
        self.turn += 1
        pair = (self.certificate, self.key) if tls else None
        with Registry(os.path.join(storage or self.memory, f"registry-{self.turn}"), tls=pair) as registry:
            field = Field(self, archive, registry, os.path.join(self.folder, f"run-{self.turn}"))
            yield from contender(field)
        field.clean()


def mixed(bench):
    crowd = [contenders.floor, contenders.landfall, contenders.skopeo, contenders.skopeo_from_folders]
    bench.again = True
    rows = bench.compete("mixed, plain HTTP", bench.mixed(), crowd + [contenders.oc_mirror] * bool(bench.oc_mirror))
    bench.again = False
    goals(bench, rows)
    bench.goals.faster(rows, PUSH, "floor", 0.8, ", stretch 0.9")
    whole = "landfall ingest"
    bench.goals.faster(rows, whole, "sha256sum -c, skopeo", 2)
    bench.goals.faster(rows, whole, "skopeo, 4 at a time", 1)
    bench.goals.faster(rows, whole, "sha256sum -c, oc-mirror", 3)
    bench.goals.at_most("extra disk for a plain tar", table.middle(rows[whole]).disk, 64, "MiB")
    bench.goals.at_most("received when it is dropped again", table.middle(rows[whole + ", again"]).received, 1, "MiB")


def goals(bench, rows):
    bench.goals.faster(rows, PUSH, "skopeo, 4 at a time", 1.4, ", stretch 1.6")
    bench.goals.faster(rows, PUSH, "skopeo, 4 at a time, dir:", 1.4, " (no second registry beside it)")


def tls(bench):
    crowd = [contenders.floor, contenders.landfall, contenders.skopeo, contenders.skopeo_from_folders]
    rows = bench.compete("mixed, TLS", bench.mixed(), crowd, tls=True)
    goals(bench, rows)
    print(f"  of the floor over TLS: {table.ratio(rows, PUSH, 'floor'):.2f}")


def hackathon(bench):
    archive = bench.mixed()
    rows = bench.compete("the hackathon's procedure, tar.gz", archive, [contenders.landfall_packed] + [contenders.hackathon] * bool(bench.oc_mirror))
    ours = "landfall ingest X.tar.gz"
    bench.goals.faster(rows, ours, "sha256sum -c, tar -xzf, oc-mirror", 3)
    bench.goals.at_most("extra disk for a tar.gz", table.middle(rows[ours]).disk, archive.mib + 64, "MiB")


def small(bench):
    crowd = [contenders.landfall, contenders.skopeo, contenders.skopeo_from_folders, contenders.skopeo_sync]
    rows = bench.compete("1 000 images of three small blobs", bench.archive("small", archives.small()), crowd)
    for theirs in ("skopeo, 4 at a time", "skopeo, 4 at a time, dir:", "skopeo sync"):
        bench.goals.faster(rows, "landfall ingest", theirs, 3)
    print(f"  requests an image: {table.middle(rows['landfall ingest']).requests / 1000:.2f}")


def shared(bench):
    """The second of two archives goes where the first one is."""
    first = bench.archive("shared-1", archives.shared(1))
    second = bench.archive("shared-2", archives.shared(2))

    def after_the_first(field):
        contenders.ingest(field, first.content, "first")
        yield "landfall ingest", contenders.ingest(field, second.content, "log")

    rows = bench.compete("an archive that shares 90 % with one delivered before", second, [after_the_first])
    bench.goals.at_most("received of it", table.middle(rows["landfall ingest"]).received, second.mib / 10 * 1.05, "MiB")


def huge(bench):
    """On disk, for it would not fit into a small machine's memory."""
    gib, count = bench.options.huge_gib, bench.options.entries
    archive = bench.archive(f"huge-{gib}", archives.huge(gib))
    rows = bench.compete(f"one layer of {gib} GiB", archive, [contenders.landfall], storage=bench.folder)
    bench.goals.at_most(f"peak RSS, a layer of {gib} GiB", table.middle(rows["landfall ingest"]).rss, 512, "MiB")
    walls = {}
    for entries in (count // 4, count):
        archive = bench.archive(f"entries-{entries}", archives.entries(entries))
        rows = bench.compete(f"{entries} entries", archive, [contenders.landfall_only])
        cost = table.middle(rows["landfall ingest"])
        walls[entries] = cost.wall
        bench.goals.at_most(f"peak RSS, {entries} entries", cost.rss, 512, "MiB")
    growth = walls[count] / walls[count // 4]
    bench.goals.tell(growth <= 4.4, f"four times the entries take {growth:.1f} times as long, at most 4.4")


ALL = {"mixed": mixed, "tls": tls, "hackathon": hackathon, "small": small, "shared": shared, "huge": huge}
