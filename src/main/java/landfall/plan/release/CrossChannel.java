package landfall.plan.release;

import java.util.ArrayList;
import java.util.List;
import landfall.plan.release.UpdateGraph.Node;

/**
 * The way from a version in one channel to a version in another, through the channels of the minor
 * releases between them (AF§3.1). Where a channel does not know the version one comes from, the way
 * is blocked and ends; the version asked for is wanted all the same.
 */
final class CrossChannel {
  private final UpdateGraphs graphs;
  private final List<Node> wanted = new ArrayList<>();

  private CrossChannel(UpdateGraphs graphs) {
    this.graphs = graphs;
  }

  /** The releases on the way. */
  static List<Node> way(UpdateGraphs graphs, Stop first, Stop last) {
    CrossChannel way = new CrossChannel(graphs);
    way.go(first, last);
    return way.wanted;
  }

  private void go(Stop first, Stop last) {
    if (first.channel().equals(last.channel())) {
      addWay(last.channel(), first.version(), last.version());
      return;
    }
    ChannelName from = ChannelName.parse(first.channel());
    ChannelName to = ChannelName.parse(last.channel());
    if (from.sameMinor(to)) {
      boolean known = graphs.of(last.channel()).has(first.version());
      addWay(last.channel(), known ? first.version() : last.version(), last.version());
      return;
    }
    Version head = graphs.of(first.channel()).highest();
    add(first.channel(), first.version());
    addUpdates(first.channel(), first.version(), head);
    goOn(from, head, last);
  }

  /** Each round is one minor release; it ends at the last one whose graph the archive has. */
  private void goOn(ChannelName from, Version head, Stop last) {
    ChannelName to = ChannelName.parse(last.channel());
    ChannelName minor = from;
    Version reached = head;
    while (true) {
      minor = minor.next();
      boolean arrived = minor.sameMinor(to);
      String channel = arrived ? last.channel() : minor.toString();
      UpdateGraph graph = graphs.of(channel);
      Version next = arrived ? last.version() : graph.highest();
      if (!graph.has(reached)) {
        add(last.channel(), next);
        return;
      }
      addUpdates(channel, reached, next);
      if (arrived) {
        add(channel, next);
        return;
      }
      reached = next;
    }
  }

  private void addWay(String channel, Version from, Version to) {
    add(channel, from);
    addUpdates(channel, from, to);
    add(channel, to);
  }

  private void add(String channel, Version version) {
    UpdateGraph graph = graphs.of(channel);
    wanted.add(graph.node(graph.index(version)));
  }

  private void addUpdates(String channel, Version from, Version to) {
    UpdateGraph graph = graphs.of(channel);
    wanted.addAll(ShortestPath.of(graph, graph.index(from), graph.index(to)));
  }

  /** A version in a channel. */
  record Stop(String channel, Version version) {}
}
