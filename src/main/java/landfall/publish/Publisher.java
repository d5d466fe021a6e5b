package landfall.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.folders.DataFolder;
import landfall.folders.DiskFault;
import landfall.folders.DurableFile;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.ledger.ImageRow;
import landfall.ledger.Ledger;
import landfall.plan.Mapping;
import landfall.plan.Plan;
import landfall.plan.candidate.ImageType;
import landfall.push.Push;
import landfall.target.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a cluster needs to find the delivered images: this archive's resources beside its
 * receipt, and the site's current ones, made of all that was ever delivered to the target.
 */
public final class Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  private final Ledger ledger;
  private final DataFolder folder;
  private final MirrorSets mirrorSets;

  public Publisher(Ledger ledger, DataFolder folder, MirrorSets mirrorSets) {
    this.ledger = ledger;
    this.folder = folder;
    this.mirrorSets = mirrorSets;
  }

  /** Publishes one delivery. */
  public Published publish(Push push) {
    Plan plan = push.plan();
    Target target = plan.target();
    Optional<String> producer = push.opened().producer();
    List<ImageRow> own =
        ledger.images().of(plan.archive(), target.name()).stream()
            .filter(image -> image.fate().delivered())
            .toList();
    Resources ofArchive = resources(own, target, producer);
    Resources ofSite = resources(ledger.images().deliveredTo(target.name()), target, producer);
    ofArchive.warnings().forEach(warning -> LOG.warn("{}: {}", plan.archive(), warning));

    Path done = folder.done(plan.archive());
    Path out = folder.out(target.name());
    new ResourceFolder(done.resolve("cluster-resources").resolve(target.name()))
        .publish(ofArchive.files());
    new ResourceFolder(out.resolve("cluster-resources")).publish(ofSite.files());
    List<String> mapping = mapping(plan, own);
    DurableFile.write(out.resolve("mapping.txt"), lines(mapping));
    DurableFile.write(done.resolve("mapping.txt"), lines(withOtherTargets(done, plan, mapping)));
    return new Published(
        plan.archive(), target.name(), ofArchive.files().stream().map(ResourceFile::name).toList());
  }

  private Resources resources(List<ImageRow> images, Target target, Optional<String> producer) {
    List<Delivered> delivered =
        images.stream().flatMap(image -> delivered(image, target).stream()).toList();
    return mirrorSets.write(delivered, target.maxNestedPaths() > 0, producer);
  }

  private static List<Delivered> delivered(ImageRow image, Target target) {
    int colon = image.destination().lastIndexOf(':');
    RepositoryName repository = new RepositoryName(image.destination().substring(0, colon));
    Tag tag = new Tag(image.destination().substring(colon + 1));
    return image.origins().stream()
        .map(
            origin ->
                new Delivered(
                    ImageType.valueOf(origin.type().toUpperCase(Locale.ROOT)),
                    origin.reference(),
                    target.registry(),
                    repository,
                    tag))
        .toList();
  }

  private static List<String> mapping(Plan plan, List<ImageRow> delivered) {
    Set<String> destinations =
        delivered.stream().map(ImageRow::destination).collect(Collectors.toSet());
    String arrow = arrow(plan);
    return new Mapping()
        .lines(plan).stream()
            .filter(
                line -> destinations.contains(line.substring(line.indexOf(arrow) + arrow.length())))
            .toList();
  }

  /** An archive has one mapping beside its receipt, whatever the number of its targets. */
  private static List<String> withOtherTargets(Path done, Plan plan, List<String> mapping) {
    Path file = done.resolve("mapping.txt");
    try {
      Stream<String> others =
          Files.exists(file)
              ? Files.readAllLines(file).stream().filter(line -> !line.contains(arrow(plan)))
              : Stream.of();
      return Stream.concat(others, mapping.stream()).toList();
    } catch (IOException failed) {
      throw DiskFault.of(file, failed);
    }
  }

  private static String arrow(Plan plan) {
    return "=docker://" + plan.target().registry() + "/";
  }

  private static byte[] lines(List<String> lines) {
    return lines.stream()
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }
}
