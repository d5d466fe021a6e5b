package landfall.archive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.archive.bytes.Spot;
import landfall.archive.tar.EntryName;
import landfall.failure.Code;
import landfall.image.RepositoryName;
import landfall.image.Tag;

/** Tells what an entry is by where it lies in the tree that oc-mirror writes. */
final class Layout {
  private static final String REGISTRY = "docker/registry/v2/";
  private static final String BLOBS = REGISTRY + "blobs/";
  private static final String REPOSITORIES = REGISTRY + "repositories/";
  private static final String WORKING_DIR = "working-dir/";
  private static final String HEX = "([a-f0-9]{64})";
  private static final Pattern BLOB =
      Pattern.compile("sha256/([a-f0-9]{2})/(\\1[a-f0-9]{62})/data");
  private static final Pattern BLOB_ANY_CASE =
      Pattern.compile("sha256/[a-f0-9]{2}/[a-f0-9]{64}/data", Pattern.CASE_INSENSITIVE);
  private static final Pattern REPOSITORY_PARTS =
      Pattern.compile("_(?:manifests|layers|uploads)/.*");
  private static final Pattern CURRENT = Pattern.compile("_manifests/tags/([^/]+)/current/link");
  private static final Pattern PAST =
      Pattern.compile("_manifests/tags/([^/]+)/index/sha256/" + HEX + "/link");
  private static final Pattern LINK =
      Pattern.compile("(?:_layers|_manifests/revisions)/sha256/" + HEX + "/link");
  private static final Pattern CONFIGURATION =
      Pattern.compile("isc_[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,18}(?:Z|[+-][0-9]{2}:[0-9]{2})");
  private static final Pattern LAYOUT_BLOB =
      Pattern.compile("(?:[^/]+/)?blobs/sha256/([a-f0-9]{64})");
  private static final Pattern CHUNK = Pattern.compile("(?:(.*)/)?mirror_[0-9]{6}\\.tar");

  private String lastPath = "";
  private Optional<RepositoryName> lastRepository = Optional.empty();

  /** What an entry is to us. */
  sealed interface Role {
    /** Content, found by the digest in its path. */
    record Blob(String hex) implements Role {}

    /** Content of an OCI image layout, found by the digest in its path, which must be its own. */
    record LayoutBlob(String hex) implements Role {}

    /** Where a tag points to. */
    record TagFile(RepositoryName repository, Tag tag) implements Role {}

    /** A link that must point to the digest in its own path and says nothing more. */
    record Link(String hex) implements Role {}

    /** A file of the working-dir or the image set configuration, found by name. */
    record Metadata() implements Role {}

    /** Known to be of no use, or not known at all inside a known tree. */
    record Ignored() implements Role {}

    /** Outside of everything oc-mirror writes. */
    record Foreign() implements Role {}
  }

  /** The folder of a chunk inside a carried archive, if the entry is one. */
  static Optional<String> chunkFolder(EntryName name) {
    Matcher chunk = CHUNK.matcher(name.path());
    if (!chunk.matches()) {
      return Optional.empty();
    }
    String folder = Optional.ofNullable(chunk.group(1)).orElse("");
    return ("/" + folder + "/").contains("/" + WORKING_DIR)
        ? Optional.empty()
        : Optional.of(folder);
  }

  Role role(EntryName name, Spot spot) {
    String path = name.path();
    if (path.startsWith(REGISTRY)) {
      if (!name.ascii()) {
        throw spot.refuse(
            Code.UNSAFE_ENTRY,
            "the name " + Spot.shown(path),
            "printable ASCII in the registry's tree");
      }
      return registry(path, spot);
    }
    if (path.startsWith(WORKING_DIR)) {
      return name.readable() ? new Role.Metadata() : new Role.Ignored();
    }
    if (CONFIGURATION.matcher(path).matches()) {
      return new Role.Metadata();
    }
    Matcher blob = LAYOUT_BLOB.matcher(path);
    return blob.matches() ? new Role.LayoutBlob(blob.group(1)) : new Role.Foreign();
  }

  private Role registry(String path, Spot spot) {
    if (path.startsWith(BLOBS)) {
      return blob(path.substring(BLOBS.length()), spot);
    }
    int start = path.indexOf("/_", REPOSITORIES.length() - 1);
    if (!path.startsWith(REPOSITORIES) || start < 0) {
      return new Role.Ignored();
    }
    String file = path.substring(start + 1);
    boolean known = REPOSITORY_PARTS.matcher(file).matches();
    int end = known ? Math.max(start, REPOSITORIES.length()) : path.length();
    return link(repository(path.substring(REPOSITORIES.length(), end), spot), file, spot);
  }

  private static Role link(RepositoryName repository, String file, Spot spot) {
    Matcher current = CURRENT.matcher(file);
    if (current.matches()) {
      return new Role.TagFile(repository, tag(current.group(1), spot));
    }
    Matcher past = PAST.matcher(file);
    if (past.matches()) {
      tag(past.group(1), spot);
      return new Role.Link(past.group(2));
    }
    Matcher link = LINK.matcher(file);
    return link.matches() ? new Role.Link(link.group(1)) : new Role.Ignored();
  }

  private static Role blob(String rest, Spot spot) {
    Matcher blob = BLOB.matcher(rest);
    if (blob.matches()) {
      return new Role.Blob(blob.group(2));
    }
    if (BLOB_ANY_CASE.matcher(rest).matches()) {
      throw spot.refuse(
          Code.UNSAFE_ENTRY,
          "a blob at " + Spot.shown(rest),
          "sha256/<first two>/<64 lower-case hex>/data");
    }
    return new Role.Ignored();
  }

  /** Links of one repository follow one another, so the last one is remembered. */
  private RepositoryName repository(String path, Spot spot) {
    if (lastRepository.isEmpty() || !path.equals(lastPath)) {
      lastRepository = Optional.of(parsedRepository(path, spot));
      lastPath = path;
    }
    return lastRepository.get();
  }

  private static RepositoryName parsedRepository(String path, Spot spot) {
    try {
      return new RepositoryName(path);
    } catch (IllegalArgumentException invalid) {
      throw spot.refuse(
          Code.REF_INVALID, "the repository " + Spot.shown(path), "a repository name");
    }
  }

  private static Tag tag(String name, Spot spot) {
    try {
      return new Tag(name);
    } catch (IllegalArgumentException invalid) {
      throw spot.refuse(Code.REF_INVALID, "the tag " + Spot.shown(name), "a tag");
    }
  }
}
