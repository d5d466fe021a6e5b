package landfall.plan.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.plan.configuration.ImageSetConfiguration.ReleaseChannel;
import landfall.plan.release.UpdateGraph.Node;

/**
 * Which releases of one channel are meant, by its bounds (AF§3.1).
 *
 * <p>As with oc-mirror, bounds that the first architecture's graph has settled hold for the others
 * too.
 */
final class ChannelRules {
  private final Map<String, Bounds> settled = new LinkedHashMap<>();

  /**
   * The releases of a channel.
   *
   * @throws Rejected when the graph or a bound is unusable
   */
  List<Node> releases(UpdateGraphs graphs, ReleaseChannel channel) {
    requireKnownType(channel);
    Bounds bounds = bounds(graphs, channel);
    if (channel.shortestPath()) {
      return CrossChannel.way(
          graphs,
          new CrossChannel.Stop(channel.name(), bounds.first()),
          new CrossChannel.Stop(channel.name(), bounds.last()));
    }
    return graphs.of(channel.name()).between(bounds.first(), bounds.last());
  }

  /** The bounds of a channel, once they are settled. */
  Optional<Bounds> settled(ReleaseChannel channel) {
    return Optional.ofNullable(settled.get(channel.name()));
  }

  /** Whether ways across channels take it in. */
  static boolean isOpenShift(ReleaseChannel channel) {
    return channel.type().orElse("ocp").equals("ocp");
  }

  private Bounds bounds(UpdateGraphs graphs, ReleaseChannel channel) {
    Bounds known = settled.get(channel.name());
    if (known != null) {
      return known;
    }
    Optional<Version> minimum = bound(channel, "minVersion", channel.minVersion());
    Optional<Version> maximum = bound(channel, "maxVersion", channel.maxVersion());
    Version last = maximum.orElseGet(() -> graphs.of(channel.name()).highest());
    boolean headOnly = maximum.isEmpty() && !channel.full();
    Version first = minimum.orElseGet(() -> headOnly ? last : graphs.of(channel.name()).lowest());
    Bounds bounds = new Bounds(first, last);
    settled.put(channel.name(), bounds);
    return bounds;
  }

  private static Optional<Version> bound(
      ReleaseChannel channel, String field, Optional<String> text) {
    try {
      return text.filter(version -> !version.isEmpty()).map(Version::parse);
    } catch (IllegalArgumentException malformed) {
      throw new Rejected(
          Code.MANIFEST_INVALID,
          "mirror.platform.channels '"
              + channel.name()
              + "': "
              + field
              + ": "
              + malformed.getMessage(),
          malformed);
    }
  }

  private static void requireKnownType(ReleaseChannel channel) {
    if (!isOpenShift(channel) && !channel.type().orElse("").equals("okd")) {
      throw new Rejected(
          Code.MANIFEST_INVALID,
          "mirror.platform.channels '"
              + channel.name()
              + "': type is '"
              + channel.type().orElse("")
              + "', expected ocp or okd");
    }
  }

  /** The lowest and the highest version wanted. */
  record Bounds(Version first, Version last) {}
}
