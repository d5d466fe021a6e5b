package landfall.plan.leftover;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import landfall.archive.Contents;
import landfall.archive.TagLink;
import landfall.plan.candidate.Attribution;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Reference;

/**
 * Everything in an archive, besides its configuration, that tells what images were called at their
 * source (AF§10). The surest source that knows an image counts.
 */
final class Origins {
  /** The transport of an origin that nothing tells; no mirror set is made of it. */
  private static final String UNKNOWN = "unknown://";

  private static final int MOST = 1_000_000;
  private static final String LOGS = "working-dir/logs/oc-mirror";
  private static final Pattern COPIED = Pattern.compile("Success copying (\\S{1,1024}) ");
  private static final Pattern MAPPED =
      Pattern.compile("(?m)^(?:docker://)?+(?!localhost:)([^\\s=]{1,1024})=");
  private static final Pattern LISTED =
      Pattern.compile("imageName: {1,8}[\"']?(?:docker://)?([^\\s\"']{1,1024})");

  private final Contents contents;
  private final TextScan scan;
  private final CosignHints cosign;
  private final Map<String, Origin> byTag = new HashMap<>();
  private final Map<String, Origin> byDigest = new HashMap<>();
  private final Map<String, String> repositories = new HashMap<>();

  private Origins(Contents contents) {
    this.contents = contents;
    this.scan = new TextScan(contents);
    this.cosign = new CosignHints(contents);
  }

  /**
   * What is known without a configuration: exact lists, then hints.
   *
   * @param repositories names that charts have in their text
   */
  static Origins all(Contents contents, Set<String> repositories) {
    Origins origins = new Origins(contents);
    for (String entry : contents.entries("working-dir/hold-release/")) {
      if (entry.endsWith("/release-manifests/image-references")
          || entry.endsWith("/release-manifests/0000_50_installer_coreos-bootimages.yaml")) {
        origins.read(entry, TextScan.REFERENCES, Attribution.RELEASE_MANIFEST);
      } else if (entry.startsWith("working-dir/hold-release/cincinnati-graph-data/")) {
        origins.read(entry, TextScan.REFERENCES, Attribution.UPDATE_GRAPH);
      }
    }
    for (String entry : contents.entries("working-dir/operator-catalogs/")) {
      if (entry.contains("/catalog-config/")) {
        origins.read(entry, TextScan.REFERENCES, Attribution.CATALOG);
      }
    }
    origins.readHints(repositories);
    return origins;
  }

  /** What is known of images that a configuration does not explain: hints. */
  static Origins hints(Contents contents, Set<String> repositories) {
    Origins origins = new Origins(contents);
    origins.readHints(repositories);
    return origins;
  }

  /** The origin of an image; one that names no registry where nothing tells it. */
  Origin of(TagLink link, ImageType type) {
    String path = link.repository().path();
    return Optional.ofNullable(byTag.get(path + ":" + link.tag()))
        .or(() -> Optional.ofNullable(byDigest.get(link.digest().toString())))
        .or(
            () ->
                cosign
                    .repository(link)
                    .filter(name -> isRelease(type) || endsWith(name, path))
                    .map(name -> new Origin(name, Attribution.SIGNATURE)))
        .or(
            () ->
                Optional.ofNullable(repositories.get(path))
                    .map(name -> new Origin(name, Attribution.CHART_TEXT)))
        .map(origin -> new Origin(complete(origin.reference(), link, type), origin.attribution()))
        .orElseGet(() -> new Origin(UNKNOWN + Leftovers.reference(link), Attribution.UNKNOWN));
  }

  private void readHints(Set<String> names) {
    for (String entry : contents.entries(LOGS)) {
      read(entry, COPIED, Attribution.LOG);
    }
    contents
        .entry("working-dir/dry-run/mapping.txt")
        .ifPresent(extent -> read("working-dir/dry-run/mapping.txt", MAPPED, Attribution.DRY_RUN));
    for (String entry : contents.entries("working-dir/delete/")) {
      read(entry, LISTED, Attribution.DELETE_LIST);
    }
    for (String name : names) {
      repositories.putIfAbsent(name.substring(name.indexOf('/') + 1), name);
    }
  }

  private void read(String entry, Pattern pattern, Attribution attribution) {
    scan.scan(entry, pattern, text -> add(text, attribution));
  }

  private void add(String text, Attribution attribution) {
    try {
      Reference reference = Reference.parse(text);
      if (!reference.docker() || byTag.size() + byDigest.size() > MOST) {
        return;
      }
      Origin origin = new Origin(reference.reference(), attribution);
      String path = reference.path();
      reference.tag().ifPresent(tag -> byTag.putIfAbsent(path + ":" + tag, origin));
      reference
          .digest()
          .ifPresent(
              digest -> {
                byTag.putIfAbsent(path + ":" + digest.replace(':', '-'), origin);
                byDigest.putIfAbsent(digest, origin);
              });
    } catch (IllegalArgumentException noReference) {
      // A text has many words that only look like one.
    }
  }

  private static boolean isRelease(ImageType type) {
    return type == ImageType.RELEASE || type == ImageType.COMPONENT;
  }

  private static boolean endsWith(String name, String path) {
    return name.substring(name.indexOf('/') + 1).equals(path);
  }

  /** With tag or digest; a release is asked for by its tag, whatever its source says. */
  private static String complete(String reference, TagLink link, ImageType type) {
    int slash = reference.lastIndexOf('/');
    int at = reference.indexOf('@');
    int colon = reference.indexOf(':', Math.max(0, slash));
    int end = Math.min(at < 0 ? reference.length() : at, colon < 0 ? reference.length() : colon);
    String name = reference.substring(0, end);
    if (type == ImageType.RELEASE && !link.tag().name().matches("[a-f0-9]{64}")) {
      return name + ":" + link.tag();
    }
    if (end < reference.length()) {
      return reference;
    }
    boolean pinned = type == ImageType.COMPONENT || link.tag().name().startsWith("sha256-");
    return pinned ? name + "@" + link.digest() : name + ":" + link.tag();
  }
}
