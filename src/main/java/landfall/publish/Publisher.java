package landfall.publish;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import landfall.folders.DataFolder;
import landfall.ledger.Ledger;
import landfall.ledger.Notes.Note;
import landfall.plan.Plan;
import landfall.publish.node.NodeConfig;
import landfall.publish.resource.CatalogNames;
import landfall.publish.resource.ClusterResources;
import landfall.publish.resource.Delivery;
import landfall.publish.resource.Mirrors;
import landfall.publish.resource.ResourceFile;
import landfall.publish.resource.Resources;
import landfall.publish.resource.Stamp;
import landfall.push.Push;
import landfall.target.Target;

/**
 * Writes what a cluster needs to find the delivered images: this archive's resources beside its
 * receipt, and the site's current ones, made of all that was ever delivered to the target.
 */
public final class Publisher {
  private final Ledger ledger;
  private final DataFolder folder;
  private final Clock clock;
  private final String version;
  private final Remarks remarks;

  /**
   * A publisher that signs its work.
   *
   * @param version of Landfall
   */
  public Publisher(Ledger ledger, DataFolder folder, Clock clock, String version) {
    this.ledger = ledger;
    this.folder = folder;
    this.clock = clock;
    this.version = version;
    this.remarks = new Remarks(ledger);
  }

  /**
   * Publishes one delivery. One at a time: a target's resources are made of everything it holds,
   * and the later must not be overtaken by the earlier.
   */
  public synchronized Published publish(Push push) {
    Plan plan = push.plan();
    Target target = plan.target();
    Stamp stamp = new Stamp(clock.instant(), version, push.opened().producer());
    Records records = new Records(ledger);
    Delivery ofArchive = records.ofArchive(plan.archive(), target);
    Delivery ofSite = records.ofSite(target);
    Path out = folder.out(target.name());
    SortedMap<String, String> before = current(out).texts();
    CatalogNames names = CatalogNames.of(ofSite.catalogs(), PublishedNames.in(before));
    Mirrors mirrors = mirrors(ofSite, target);
    Resources own = ClusterResources.of(ofArchive, mirrors(ofArchive, target), names, stamp);
    Resources site = ClusterResources.of(ofSite, mirrors, names, stamp);

    remarks.warn(plan.archive(), target.name(), joined(records.warnings(), own.warnings()));
    List<Note> changes = Changes.between(before, texts(site));
    List<Note> moved = Changes.moved(ofArchive, ofSite, names);
    remarks.changed(plan.archive(), target.name(), joined(changes, moved));
    beside(plan, folder.done(plan.archive())).publish(own.files());
    current(out).publish(site.files());
    publishMore(out, site, mirrors, target);
    new MappingFile(ledger).write(plan, out, folder.done(plan.archive()));
    return new Published(
        plan.archive(), target.name(), own.files().stream().map(ResourceFile::name).toList());
  }

  private static ResourceFolder current(Path out) {
    return new ResourceFolder(out.resolve("cluster-resources"));
  }

  private static ResourceFolder beside(Plan plan, Path done) {
    return new ResourceFolder(done.resolve("cluster-resources").resolve(plan.target().name()));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static Mirrors mirrors(Delivery delivery, Target target) {
    return Mirrors.of(delivery.images(), target.maxNestedPaths() > 0);
  }

  private static void publishMore(Path out, Resources site, Mirrors mirrors, Target target) {
    SortedMap<String, List<ResourceFile>> nodes = NodeConfig.of(mirrors.all(), target);
    new NodeFolder(out.resolve("node-config")).publish(nodes);
    new ResourceFolder(out, NextSteps.OWN)
        .publish(List.of(NextSteps.file(site.files(), nodes, target)));
  }

  private static SortedMap<String, String> texts(Resources resources) {
    SortedMap<String, String> texts = new TreeMap<>();
    resources.files().forEach(file -> texts.put(file.name(), file.text()));
    return texts;
  }
}
