package landfall.plan.helm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.archive.Contents;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.open.Opened;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Candidates;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Order;
import landfall.plan.candidate.Reference;
import landfall.plan.candidate.RefusedImage;
import landfall.plan.configuration.ImageSetConfiguration.Chart;
import landfall.plan.configuration.ImageSetConfiguration.HelmRepository;
import landfall.plan.configuration.ImageSetConfiguration.InstancePlatform;

/**
 * Says which images the helm charts of a configuration use, where oc-mirror put them in the archive
 * and where they go (AF§3.4).
 */
public final class HelmImages {
  private static final String CHARTS = "working-dir/helm/charts/";
  private static final int LONGEST_TAG = 128;

  private final Order order;
  private final Set<PackedChart> charts = new LinkedHashSet<>();
  private final Set<Candidate> candidates = new LinkedHashSet<>();
  private final List<RefusedImage> refused = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<Untold> untold = new ArrayList<>();
  private final Set<String> hints = new HashSet<>();

  private HelmImages(Order order) {
    this.order = order;
  }

  /**
   * What charts ask for.
   *
   * @param untold charts whose images the archive does not tell, or not all of them
   * @param hints repositories that stand in the text of those
   */
  public record Found(Candidates candidates, List<Untold> untold, Set<String> hints) {
    public Found {
      untold = List.copyOf(untold);
      hints = Set.copyOf(hints);
    }
  }

  /** A chart, and why it does not tell its images. */
  public record Untold(String chart, String sentence) {}

  /** Looks through all charts. */
  public static Found collect(Order order, ChartRenderer renderer) {
    HelmImages images = new HelmImages(order);
    order.configuration().helm().local().forEach(images::local);
    order.configuration().helm().repositories().forEach(images::repository);
    List<PackedChart> charts = List.copyOf(images.charts);
    Opened opened = order.opened();
    List<Rendering> renderings =
        renderer.render(opened.contents(), opened.arrival().work(), charts);
    for (int i = 0; i < charts.size(); i++) {
      images.take(charts.get(i), renderings.get(i));
    }
    return new Found(
        new Candidates(List.copyOf(images.candidates), images.refused, images.warnings, List.of()),
        images.untold,
        images.hints);
  }

  private void local(Chart chart) {
    String name = "local chart " + chart.path().orElse(chart.name());
    untold.add(new Untold(name, name + " lies on the sender's disk and not in the archive"));
  }

  private void repository(HelmRepository repository) {
    try {
      List<Chart> wanted =
          repository.whole()
              ? ChartIndex.charts(repository, order.opened().contents())
              : repository.charts();
      wanted.forEach(this::chart);
    } catch (Rejected unusable) {
      if (unusable.code() == Code.CHANGED_DURING_READ) {
        throw unusable;
      }
      refuse("helm repository " + repository.name(), unusable.code(), unusable.sentence());
    }
  }

  private void chart(Chart chart) {
    Contents contents = order.opened().contents();
    String version = chart.version().orElse("");
    String other = version.startsWith("v") ? version.substring(1) : "v" + version;
    Optional<String> entry =
        Stream.of(version, other)
            .map(text -> CHARTS + chart.name() + "-" + text + ".tgz")
            .filter(name -> contents.entry(name).isPresent())
            .findFirst()
            .or(() -> version.isEmpty() ? only(chart.name(), contents) : Optional.empty());
    if (entry.isEmpty()) {
      String name = chart.name() + "-" + version + ".tgz";
      refuse(name, Code.BLOB_MISSING, "chart " + name + " is not in the archive (" + CHARTS + ")");
      return;
    }
    charts.add(
        new PackedChart(
            entry.get(),
            contents.entry(entry.get()).orElseThrow(),
            chart.imagePaths(),
            chart.platforms().stream()
                .map(InstancePlatform::toString)
                .collect(Collectors.toSet())));
  }

  /** The newest version was mirrored, whichever that was; oc-mirror itself would not find it. */
  private static Optional<String> only(String name, Contents contents) {
    List<String> versions =
        contents.entries(CHARTS + name + "-").stream()
            .filter(entry -> entry.substring((CHARTS + name).length()).matches("-v?[0-9].*\\.tgz"))
            .toList();
    return versions.size() == 1 ? Optional.of(versions.get(0)) : Optional.empty();
  }

  private void take(PackedChart chart, Rendering rendering) {
    int told = untold.size();
    rendering.images().forEach(image -> image(chart, image));
    if (untold.size() > told) {
      hints.addAll(rendering.hints());
    }
    rendering
        .problem()
        .ifPresent(
            problem -> {
              hints.addAll(rendering.hints());
              String sentence = "chart " + chart.entry() + " does not tell its images: " + problem;
              rendering.code().ifPresent(code -> refuse(chart.entry(), code, sentence));
              untold.add(new Untold("chart " + chart.entry(), sentence));
            });
  }

  private void image(PackedChart chart, String image) {
    Reference reference;
    try {
      reference = Reference.parse(image);
    } catch (IllegalArgumentException unparsable) {
      warnings.add(
          "chart "
              + chart.entry()
              + " names "
              + image
              + ", left out as oc-mirror does: "
              + unparsable.getMessage());
      return;
    }
    if (order.blocked().block(image)) {
      return;
    }
    try {
      candidate(chart, image, reference).ifPresent(candidate -> add(chart, candidate));
    } catch (IllegalArgumentException unusable) {
      refuse(image, Code.REF_INVALID, "image " + image + ": " + unusable.getMessage());
    }
  }

  /** Where the archive lacks it the sender's helm made something else of the chart. */
  private void add(PackedChart chart, Candidate candidate) {
    CacheReference source = candidate.claim().source();
    Opened opened = order.opened();
    boolean there =
        source.digest().isPresent()
            || opened.contents().tag(source.repository(), source.tag()).isPresent();
    if (there || opened.linksMayCome()) {
      candidates.add(candidate);
    } else {
      untold.add(
          new Untold(
              "chart " + chart.entry(),
              "chart "
                  + chart.entry()
                  + " names "
                  + candidate.claim().origin()
                  + " here, which the archive lacks: the sender's oc-mirror made something else of"
                  + " it"));
    }
  }

  private Optional<Candidate> candidate(PackedChart chart, String image, Reference reference) {
    String tag = tag(reference);
    if (order.blocked().block(order.names().unflattened(reference.path(), tag))) {
      return Optional.empty();
    }
    RepositoryName repository = new RepositoryName(reference.path());
    Optional<Digest> digest =
        reference.digestOnly() ? Optional.empty() : reference.digest().map(Digest::parse);
    return Optional.of(
        new Candidate(
            new Claim(ImageType.HELM, image, new CacheReference(repository, new Tag(tag), digest)),
            order.names().place(reference.path(), new Tag(tag)),
            chart.platforms(),
            reference.digest(),
            Set.of()));
  }

  /** A tag may have 128 characters, and oc-mirror cuts longer ones to 127. */
  private static String tag(Reference reference) {
    String tag =
        reference
            .tag()
            .or(() -> reference.digest().map(digest -> digest.replace(':', '-')))
            .orElse("latest");
    return tag.length() > LONGEST_TAG ? tag.substring(0, LONGEST_TAG - 1) : tag;
  }

  private void refuse(String origin, Code code, String sentence) {
    refused.add(
        new RefusedImage(
            ImageType.HELM, origin, Optional.empty(), Optional.empty(), code, sentence));
  }
}
