"""Runs a command and says what it cost: time, processor, memory, disk."""
import os
import subprocess
import threading
import time
from dataclasses import dataclass, field

TICK = os.sysconf("SC_CLK_TCK")
MIB = 1 << 20


@dataclass
class Cost:
    """What one or several commands cost; times in seconds, sizes in MiB."""

    wall: float = 0.0
    cpu: float = 0.0
    rss: float = 0.0
    disk: float = 0.0
    registry_cpu: float = 0.0
    requests: int = 0
    received: float = 0.0
    notes: dict = field(default_factory=dict)

    def __add__(self, other):
        """One after the other: peaks stay peaks, all else adds up."""
        return Cost(
            self.wall + other.wall,
            self.cpu + other.cpu,
            max(self.rss, other.rss),
            max(self.disk, other.disk),
            self.registry_cpu + other.registry_cpu,
            self.requests + other.requests,
            self.received + other.received,
            {**self.notes, **other.notes},
        )


class Failed(Exception):
    """A command did not do what is measured."""


def fields(pid):
    """The numbers of /proc/PID/stat from the state on, or nothing when it has ended."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as stat:
            return stat.read().rpartition(b")")[2].split()
    except OSError:
        return []


def cpu_of(pid):
    found = fields(pid)
    return (int(found[11]) + int(found[12])) / TICK if found else 0.0


def peak_of(pid):
    """The most KiB a process ever had resident. What wait4 tells is no less than its parent had when it forked."""
    try:
        with open(f"/proc/{pid}/status") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


def rss_of_session(leader):
    """Peak resident MiB of all processes of a session, pages they share counted for each. One that has been forked and
    runs nothing of its own yet is still its parent, and is not counted twice."""
    found = {int(name): fields(name) for name in os.listdir("/proc") if name.isdigit()}
    session = {pid: stat for pid, stat in found.items() if stat and int(stat[3]) == leader}
    total = 0
    for pid, stat in session.items():
        parent = session.get(int(stat[1]))
        if not parent or parent[20] != stat[20]:
            total += peak_of(pid)
    return total / 1024


def size_of(folder):
    """MiB that files below a folder occupy; what vanishes meanwhile does not count."""
    total, folders = 0, [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_blocks * 512
        except OSError:
            pass
    return total / MIB


class Sampler(threading.Thread):
    """Looks now and then how much memory a session and how much disk some folders take."""

    def __init__(self, leader, folders):
        super().__init__(daemon=True)
        self.leader, self.folders, self.done = leader, folders, threading.Event()
        self.rss = self.disk = 0.0

    def look(self):
        self.disk = max(self.disk, sum(size_of(folder) for folder in self.folders))

    def run(self):
        turn = 0
        while not self.done.wait(0.2):
            self.rss = max(self.rss, rss_of_session(self.leader))
            if turn % 2 == 0:
                self.look()
            turn += 1


def run(command, folders=(), log=None, exits=(0,), **more):
    """Runs one command in a session of its own; `folders` are those it may fill."""
    before = sum(size_of(folder) for folder in folders)
    with open(log or os.devnull, "ab") as out:
        start = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, **more)
        sampler = Sampler(process.pid, folders)
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    sampler.done.set()
    sampler.join()
    sampler.look()
    if process.returncode not in exits:
        raise Failed(f"exit code {process.returncode} of {command}; see {log}")
    return Cost(
        wall,
        usage.ru_utime + usage.ru_stime,
        sampler.rss,
        max(0.0, sampler.disk - before),
    )
