package landfall.plan.release;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Order;
import landfall.plan.configuration.ImageSetConfiguration.Platform;
import landfall.plan.configuration.ImageSetConfiguration.ReleaseChannel;
import landfall.plan.release.ChannelRules.Bounds;
import landfall.plan.release.CrossChannel.Stop;
import landfall.plan.release.UpdateGraph.Node;

/** Which releases a configuration means (AF§3.1, step A). */
final class WantedReleases {
  private static final int MOST_GRAPHS = 1000;
  private static final int MOST_RELEASES = 5000;
  private static final String DEFAULT_ARCHITECTURE = "amd64";
  private static final String ALL_ARCHITECTURES = "multi";

  private final Order order;
  private final Platform platform;
  private final ChannelRules rules = new ChannelRules();
  private final Set<WantedRelease> wanted = new LinkedHashSet<>();
  private final Refusals refusals;

  private WantedReleases(Order order, Refusals refusals) {
    this.order = order;
    this.platform = order.configuration().platform();
    this.refusals = refusals;
  }

  /** The releases in the order they were found; what cannot be found out is refused. */
  static List<WantedRelease> of(Order order, Refusals refusals) {
    WantedReleases releases = new WantedReleases(order, refusals);
    releases.collect();
    return List.copyOf(releases.wanted);
  }

  private void collect() {
    Optional<String> named = platform.release();
    if (named.isPresent()) {
      refusals.guard(
          ImageType.RELEASE,
          named.get(),
          () -> wanted.add(new NamedRelease(order).resolve(named.get())));
      return;
    }
    List<String> architectures = architectures();
    if ((long) architectures.size() * platform.channels().size() > MOST_GRAPHS) {
      refusals.refuse(
          ImageType.RELEASE,
          order.configuration().name(),
          new Rejected(
              Code.LIMIT_EXCEEDED,
              order.configuration().name()
                  + " names more than "
                  + MOST_GRAPHS
                  + " channels and architectures together"));
      return;
    }
    Metadata metadata = new Metadata(order.opened());
    architectures.forEach(architecture -> collect(new UpdateGraphs(metadata, architecture)));
  }

  private List<String> architectures() {
    if (!platform.platforms().isEmpty()) {
      return List.of(ALL_ARCHITECTURES);
    }
    return platform.architectures().isEmpty()
        ? List.of(DEFAULT_ARCHITECTURE)
        : platform.architectures();
  }

  private void collect(UpdateGraphs graphs) {
    for (ReleaseChannel channel : platform.channels()) {
      refusals.guard(
          ImageType.RELEASE,
          channel.name() + " (" + graphs.architecture() + ")",
          () -> collect(graphs, channel));
    }
    Map<ReleaseChannel, Bounds> settled = settled();
    if (platform.channels().size() > 1 && settled.size() > 1) {
      refusals.guard(
          ImageType.RELEASE,
          "updates across channels (" + graphs.architecture() + ")",
          () -> across(graphs, settled));
    }
  }

  private void collect(UpdateGraphs graphs, ReleaseChannel channel) {
    List<Node> nodes = rules.releases(graphs, channel);
    if (nodes.isEmpty()) {
      Bounds bounds = rules.settled(channel).orElseThrow();
      refusals.warn(
          graphs.of(channel.name()).name()
              + " has no release from "
              + bounds.first()
              + " to "
              + bounds.last());
    }
    add(graphs, nodes);
  }

  private Map<ReleaseChannel, Bounds> settled() {
    Map<ReleaseChannel, Bounds> settled = new LinkedHashMap<>();
    platform.channels().stream()
        .filter(ChannelRules::isOpenShift)
        .forEach(
            channel -> rules.settled(channel).ifPresent(bounds -> settled.put(channel, bounds)));
    return settled;
  }

  /** From the lowest version of all channels to the highest. */
  private void across(UpdateGraphs graphs, Map<ReleaseChannel, Bounds> settled) {
    Stop first = null;
    Stop last = null;
    for (Map.Entry<ReleaseChannel, Bounds> channel : settled.entrySet()) {
      Bounds bounds = channel.getValue();
      if (first == null || bounds.first().compareTo(first.version()) < 0) {
        first = new Stop(channel.getKey().name(), bounds.first());
      }
      if (last == null || bounds.last().compareTo(last.version()) > 0) {
        last = new Stop(channel.getKey().name(), bounds.last());
      }
    }
    if (first != null && last != null) {
      add(graphs, CrossChannel.way(graphs, first, last));
    }
  }

  private void add(UpdateGraphs graphs, List<Node> nodes) {
    Stream<String> payloads = nodes.stream().map(Node::payload).distinct();
    String source = "the update graph for " + graphs.architecture();
    payloads.forEach(
        payload ->
            refusals.guard(
                ImageType.RELEASE, payload, () -> wanted.add(WantedRelease.of(source, payload))));
    if (wanted.size() > MOST_RELEASES) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED, "the update graphs mean more than " + MOST_RELEASES + " releases");
    }
  }
}
