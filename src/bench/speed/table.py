"""What was measured, as lines, and what the goals say to it."""
from statistics import median

HEAD = ("", "wall s", "MiB/s", "CPU s", "registry CPU s", "peak RSS MiB", "extra disk MiB", "requests", "received MiB")


def cells(name, cost, mib):
    if cost.cpu == 0:  # a part of another row
        return (name, f"{cost.wall:.2f}", f"{mib / cost.wall:.0f}", *["·"] * 6)
    return (
        *(name, f"{cost.wall:.2f}", f"{mib / cost.wall:.0f}", f"{cost.cpu:.1f}", f"{cost.registry_cpu:.1f}"),
        *(f"{cost.rss:.0f}", f"{cost.disk:.0f}", str(cost.requests), f"{cost.received:.0f}"),
    )


def middle(costs):
    """The median of each number over the rounds."""
    result = type(costs[0])()
    for name in ("wall", "cpu", "rss", "disk", "registry_cpu", "received"):
        setattr(result, name, median(getattr(cost, name) for cost in costs))
    result.requests = round(median(cost.requests for cost in costs))
    return result


def show(rows, mib):
    """Prints the rows, whose costs are lists of one a round."""
    lines = [HEAD] + [cells(name, middle(costs), mib) for name, costs in rows.items()]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    for line in lines:
        print("  ".join(cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(zip(line, widths))))
    for name, costs in rows.items():
        if len(costs) > 1:
            print(f"  {name}: walls {', '.join(f'{cost.wall:.2f}' for cost in costs)}")


def ratio(rows, ours, theirs):
    """How many times as long as ours theirs took."""
    return middle(rows[theirs]).wall / middle(rows[ours]).wall


class Goals:
    """Compares and remembers whether anything was missed."""

    def __init__(self):
        self.lines = []

    def faster(self, rows, ours, theirs, goal, about=""):
        if ours not in rows or theirs not in rows:
            self.lines.append(f"not shown  {ours} against {theirs}: it did not run")
            return
        found = ratio(rows, ours, theirs)
        self.tell(found >= goal, f"{ours}: {found:.2f} x {theirs}, goal {goal:g}{about}")

    def at_most(self, what, found, most, unit):
        self.tell(found <= most, f"{what}: {found:.0f} {unit}, at most {most:.0f}")

    def tell(self, held, sentence):
        self.lines.append(("ok         " if held else "MISSED     ") + sentence)

    def show(self):
        print("\n== goals")
        for line in self.lines:
            print(line)

    @property
    def missed(self):
        return any(line.startswith("MISSED") for line in self.lines)
