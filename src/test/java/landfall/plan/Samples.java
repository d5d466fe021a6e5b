package landfall.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import landfall.archive.Contents;
import landfall.arrive.Arrival;
import landfall.arrive.Checksums;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.open.Opened;
import landfall.open.Opened.Document;
import landfall.openpgp.PublicKeys;
import landfall.plan.release.ReleaseTrust;
import landfall.target.Target;

/** Archives and targets for tests: the real sample {@code additional}, and small invented ones. */
public final class Samples {
  public static final String REGISTRY = "127.0.0.1:5555";

  private Samples() {}

  /** Standard options but for signatures and configuration. */
  public static Planner.Options options(boolean signatures, Optional<Document> configuration) {
    Planner.Options standard = Planner.Options.DEFAULT;
    return new Planner.Options(
        signatures,
        configuration,
        standard.releases(),
        standard.catalogSourceTemplates(),
        standard.unclaimed());
  }

  /** Options that trust the key a sample's release is signed with, if it has one. */
  public static Planner.Options trusting(String sample) {
    Planner.Options standard = Planner.Options.DEFAULT;
    return new Planner.Options(
        standard.signatures(),
        standard.configuration(),
        trust(sample),
        standard.catalogSourceTemplates(),
        standard.unclaimed());
  }

  private static ReleaseTrust trust(String sample) {
    String key = "/samples/" + sample + "/release-key.asc";
    if (Samples.class.getResource(key) == null) {
      return ReleaseTrust.STANDARD;
    }
    byte[] text = text(sample + "/release-key.asc").getBytes(StandardCharsets.US_ASCII);
    return new ReleaseTrust(() -> PublicKeys.parse(text), false);
  }

  /** The archive oc-mirror wrote for {@code samples/additional}. */
  public static Opened additional() {
    return sample("additional");
  }

  /** The one-chunk archive of that sample, such as {@code release} or {@code differential/run2}. */
  public static Opened sample(String sample) {
    try (InputStream tar = resource(sample + "/mirror_000001.tar")) {
      MemoryContents contents = MemoryContents.ofTar(tar);
      String name = contents.entries("isc_").get(0);
      byte[] text = contents.read(contents.entry(name).orElseThrow(), 1 << 20);
      return opened(
          contents, Optional.of(new Document(name, new String(text, StandardCharsets.UTF_8))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public static Opened opened(Contents contents, Optional<Document> configuration) {
    return opened(contents, configuration, Set.of(), false);
  }

  public static Opened opened(
      Contents contents, Optional<Document> configuration, Set<Digest> history, boolean chunked) {
    Path source = Path.of("drop", "archive");
    Arrival arrival =
        new Arrival(
            "20261122T1720-archive-9f3a",
            "archive",
            source,
            List.of(),
            chunked,
            Checksums.NONE,
            Set.of(),
            Path.of("target", "work"),
            List.of());
    return new Opened(
        arrival,
        Digest.of(new byte[0]),
        contents,
        configuration.stream().toList(),
        Optional.of("v5.1.0-855b64a"),
        history);
  }

  /** An archive with these configurations, the one that counts first. */
  public static Opened opened(Contents contents, Document... configurations) {
    Opened one = opened(contents, Optional.empty());
    return new Opened(
        one.arrival(),
        one.identity(),
        contents,
        List.of(configurations),
        one.producer(),
        one.history());
  }

  /** A configuration naming additional images, and whatever else is given below {@code mirror}. */
  public static Optional<Document> naming(String... images) {
    StringBuilder text =
        new StringBuilder("kind: ImageSetConfiguration\nmirror:\n  additionalImages:\n");
    for (String image : images) {
      text.append("  - name: '").append(image).append("'\n");
    }
    return Optional.of(new Document("isc_test", text.toString()));
  }

  public static Optional<Document> configuration(String mirror) {
    String text = "kind: ImageSetConfiguration\nmirror:\n" + mirror.indent(2);
    return Optional.of(new Document("isc_test", text));
  }

  public static Optional<Document> file(String golden) {
    return Optional.of(new Document(golden, text(golden)));
  }

  public static Target bare() {
    return target("", 0);
  }

  public static Target target(String prefix, int maxNestedPaths) {
    return new Target(
        "site",
        REGISTRY,
        Optional.of(prefix).filter(path -> !path.isEmpty()).map(RepositoryName::new),
        new Target.Security(
            true, true, Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
        maxNestedPaths,
        new Target.Limits(4, 16, 16, 0));
  }

  /** Lines of a golden file, as a set. */
  public static Set<String> lines(String golden) {
    return new TreeSet<>(text(golden).lines().toList());
  }

  public static String text(String golden) {
    try (InputStream in = resource(golden)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(Samples.class.getResourceAsStream("/samples/" + name), name);
  }
}
