package landfall.plan.leftover;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.archive.Contents;
import landfall.archive.Extent;
import landfall.archive.TagLink;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import org.jspecify.annotations.Nullable;

/** Reads from the folders of catalogs which tag is a catalog, and which one it was made from. */
final class CatalogFolders {
  private static final String FOLDERS = "working-dir/operator-catalogs/";
  private static final Pattern ORIGINAL = Pattern.compile("[^/]+/([a-f0-9]{64})/.*");
  private static final Pattern REBUILT =
      Pattern.compile("[^/]+/([a-f0-9]{64})/filtered-catalogs/([a-f0-9]{32})/digest");

  private final Contents contents;
  private final Set<Digest> originals = new HashSet<>();
  private final Map<String, Digest> folders = new HashMap<>();
  private final Map<String, TagLink> tags = new HashMap<>();

  CatalogFolders(Contents contents) {
    this.contents = contents;
    for (String entry : contents.entries(FOLDERS)) {
      String path = entry.substring(FOLDERS.length());
      Matcher original = ORIGINAL.matcher(path);
      if (original.matches()) {
        originals.add(new Digest(original.group(1)));
      }
      Matcher rebuilt = REBUILT.matcher(path);
      if (rebuilt.matches()) {
        digest(entry)
            .ifPresent(
                digest ->
                    folders.put(rebuilt.group(2) + " " + digest, new Digest(rebuilt.group(1))));
      }
    }
    for (TagLink link : contents.tags()) {
      if (originals.contains(link.digest())) {
        tags.putIfAbsent(link.repository() + "@" + link.digest(), link);
      }
    }
  }

  /** Whether it is a catalog as its maker published it. */
  boolean isOriginal(Digest digest) {
    return originals.contains(digest);
  }

  /** What a folder proves of a catalog that the sender filtered. */
  Optional<Rebuilt> rebuilt(TagLink link) {
    return Optional.ofNullable(folders.get(link.tag() + " " + link.digest().hex()))
        .map(
            digest -> {
              Optional<TagLink> original = Optional.ofNullable(tagged(link.repository(), digest));
              Tag tag =
                  original
                      .map(TagLink::tag)
                      .orElseGet(() -> new Tag("sha256-" + link.digest().hex()));
              return new Rebuilt(original, tag);
            });
  }

  /** The first tag of an original in a repository. */
  private @Nullable TagLink tagged(RepositoryName repository, Digest digest) {
    return tags.get(repository + "@" + digest);
  }

  private Optional<String> digest(String entry) {
    Extent extent = contents.entry(entry).orElseThrow();
    return Optional.of(extent)
        .filter(file -> file.length() <= 1024)
        .map(file -> new String(contents.read(file, 1024), StandardCharsets.UTF_8).strip());
  }

  /**
   * A filtered catalog.
   *
   * @param original the tag of the catalog it was made from, if that has one
   * @param tag the tag it gets
   */
  record Rebuilt(Optional<TagLink> original, Tag tag) {}
}
