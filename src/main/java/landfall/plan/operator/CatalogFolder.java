package landfall.plan.operator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.archive.Contents;
import landfall.archive.Extent;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Waiting;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.open.Opened;
import landfall.plan.candidate.CacheReference;

/**
 * What the archive knows of one catalog, below {@code working-dir/operator-catalogs} (AF§3.2,
 * AF§4). A workspace keeps the folders of all its runs, so that of this run is told by digests.
 */
final class CatalogFolder {
  private static final String ROOT = "working-dir/operator-catalogs/";
  private static final String FILTERED = "/filtered-catalogs/";
  private static final String CONFIGS = "/catalog-config/";
  private static final Pattern DIGEST_FILE =
      Pattern.compile("([a-f0-9]{64})/filtered-catalogs/([a-f0-9]{32})/digest");
  private static final Pattern FOLDER = Pattern.compile("[a-f0-9]{64}");
  private static final int LONGEST_DIGEST_FILE = 1024;
  private static final String SHA256 = "sha256:";

  private final Opened opened;
  private final Contents contents;
  private final Catalog catalog;
  private final String root;
  private final RepositoryName repository;

  /**
   * @throws IllegalArgumentException when no registry takes the catalog's name
   */
  CatalogFolder(Opened opened, Catalog catalog) {
    this.opened = opened;
    this.contents = opened.contents();
    this.catalog = catalog;
    this.root = ROOT + catalog.component() + "/";
    this.repository = new RepositoryName(catalog.path());
  }

  /**
   * Finds the catalog's image and its content.
   *
   * @throws ImageRefused when the archive has none that belongs to the configuration's entry
   * @throws Waiting when a chunk that has not come yet may hold it
   */
  FoundCatalog find() {
    return catalog.full() ? full() : filtered();
  }

  private FoundCatalog full() {
    for (String digest : digests()) {
      String content = root + digest + CONFIGS;
      if (!contents.entries(content).isEmpty()) {
        Tag tag = new Tag(catalog.tag());
        return new FoundCatalog(
            source(tag, new Digest(digest), any -> true), tag, content, Optional.empty());
      }
    }
    throw missing("its content (" + root + "DIGEST" + CONFIGS + ")");
  }

  private FoundCatalog filtered() {
    for (String digest : digests()) {
      for (String key : FilterKey.candidates(catalog, digest)) {
        String folder = root + digest + FILTERED + key;
        if (contents.entry(folder + "/digest").isPresent() || rebuiltWithoutDigest(folder, key)) {
          return found(folder, key, Optional.empty());
        }
      }
    }
    return proven();
  }

  /** The folder was written and the image was built; only the note of its digest is lost. */
  private boolean rebuiltWithoutDigest(String folder, String key) {
    return contents.tag(repository, new Tag(key)).isPresent()
        && !contents.entries(folder + CONFIGS).isEmpty();
  }

  /** The one filtered catalog whose note and image agree, when the filter itself leads nowhere. */
  private FoundCatalog proven() {
    List<String> folders = new ArrayList<>();
    Set<String> keys = new TreeSet<>();
    for (String name : contents.entries(root)) {
      Matcher file = DIGEST_FILE.matcher(name.substring(root.length()));
      if (file.matches()) {
        keys.add(file.group(2));
        String folder = name.substring(0, name.length() - "/digest".length());
        if (contents
            .tag(repository, new Tag(file.group(2)))
            .filter(tag -> notes(folder, tag))
            .isPresent()) {
          folders.add(folder);
        }
      }
    }
    if (folders.size() != 1) {
      throw missing(
          "a catalog filtered as "
              + opened.configurations().stream()
                  .findFirst()
                  .map(Opened.Document::name)
                  .orElse("the configuration")
              + " says (it has "
              + (keys.isEmpty() ? "none" : keys)
              + ")");
    }
    String folder = folders.get(0);
    String key = folder.substring(folder.lastIndexOf('/') + 1);
    return found(
        folder,
        key,
        Optional.of(
            catalog.origin()
                + ": the configuration's filter is not the one this archive was made with; the only"
                + " filtered catalog there is ("
                + key
                + ") is used"));
  }

  private FoundCatalog found(String folder, String key, Optional<String> warning) {
    Optional<Digest> rebuilt = rebuilt(folder);
    Tag tag = new Tag(key);
    Optional<Digest> tagged = contents.tag(repository, tag);
    if (rebuilt.isPresent() && tagged.isPresent() && !rebuilt.equals(tagged)) {
      throw new ImageRefused(
          Code.MANIFEST_INVALID,
          folder
              + "/digest says "
              + rebuilt.get()
              + ", the tag "
              + repository
              + ":"
              + key
              + " is "
              + tagged.get()
              + "; both were expected to be the rebuilt catalog");
    }
    CacheReference source =
        rebuilt
            .map(digest -> source(tag, digest, tag::equals))
            .orElseGet(() -> new CacheReference(repository, tag));
    return new FoundCatalog(source, destinationTag(key, rebuilt), folder + CONFIGS, warning);
  }

  private Tag destinationTag(String key, Optional<Digest> rebuilt) {
    if (!catalog.byDigestOnly()) {
      return new Tag(catalog.tag());
    }
    String algorithm = catalog.tag().substring(0, catalog.tag().indexOf('-'));
    return new Tag(algorithm + "-" + rebuilt.map(Digest::hex).orElse(key));
  }

  /**
   * oc-mirror copies a catalog that is named twice to one place only; the other place gets it from
   * there.
   */
  private CacheReference source(Tag tag, Digest digest, Predicate<Tag> acceptable) {
    CacheReference own = new CacheReference(repository, tag);
    if (contents.tag(repository, tag).isPresent()) {
      return own;
    }
    return contents.tags().stream()
        .filter(link -> link.digest().equals(digest) && acceptable.test(link.tag()))
        .findFirst()
        .map(link -> new CacheReference(link.repository(), link.tag()))
        .orElse(own);
  }

  /** Digests the sender's catalog may have: the one its tag has, then the one it was named by. */
  private Set<String> digests() {
    Set<String> digests = new LinkedHashSet<>();
    contents.tag(repository, new Tag(catalog.tag())).ifPresent(digest -> digests.add(digest.hex()));
    catalog
        .reference()
        .digest()
        .filter(digest -> digest.startsWith(SHA256))
        .ifPresent(digest -> digests.add(digest.substring(SHA256.length())));
    if (digests.isEmpty()) {
      onlyFolder().ifPresent(digests::add);
    }
    return digests;
  }

  private Optional<String> onlyFolder() {
    Set<String> folders = new TreeSet<>();
    for (String name : contents.entries(root)) {
      String below = name.substring(root.length());
      int slash = below.indexOf('/');
      if (slash > 0 && FOLDER.matcher(below.substring(0, slash)).matches()) {
        folders.add(below.substring(0, slash));
      }
    }
    return folders.size() == 1 ? folders.stream().findFirst() : Optional.empty();
  }

  private boolean notes(String folder, Digest digest) {
    return text(contents.entry(folder + "/digest").orElseThrow()).equals(digest.hex());
  }

  private Optional<Digest> rebuilt(String folder) {
    String name = folder + "/digest";
    Optional<Extent> entry = contents.entry(name);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    String text = text(entry.get());
    if (!FOLDER.matcher(text).matches()) {
      throw new ImageRefused(
          Code.MANIFEST_INVALID,
          name + ":1: found no digest, 64 hexadecimal characters were expected");
    }
    return Optional.of(new Digest(text));
  }

  private String text(Extent entry) {
    return entry.length() <= LONGEST_DIGEST_FILE
        ? new String(contents.read(entry, LONGEST_DIGEST_FILE), StandardCharsets.UTF_8).strip()
        : "";
  }

  private RuntimeException missing(String what) {
    String sentence = "the archive lacks " + what;
    return opened.metadataMayCome()
        ? new Waiting(
            Code.CHUNK_MISSING,
            "catalog "
                + catalog.origin()
                + ": "
                + sentence
                + "; a chunk that has not come yet may hold it")
        : new ImageRefused(Code.MANIFEST_INVALID, sentence);
  }
}
