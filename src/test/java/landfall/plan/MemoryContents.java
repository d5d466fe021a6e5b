package landfall.plan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.archive.Contents;
import landfall.archive.Extent;
import landfall.archive.TagLink;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An archive held in memory: read from a real tar, or put together piece by piece. */
public class MemoryContents implements Contents {
  private static final String STORAGE = "docker/registry/v2/";
  private static final Pattern LINK =
      Pattern.compile(STORAGE + "repositories/(.+)/_manifests/tags/([^/]+)/current/link");
  private static final Pattern BLOB =
      Pattern.compile(STORAGE + "blobs/sha256/../([a-f0-9]{64})/data");

  private final List<byte[]> pieces = new ArrayList<>();
  private final Map<Digest, Extent> blobs = new TreeMap<>();
  private final SortedMap<String, Extent> entries = new TreeMap<>();
  private final Map<String, TagLink> tags = new TreeMap<>();

  /** Everything a tar brings. */
  public static MemoryContents ofTar(InputStream tar) throws IOException {
    MemoryContents contents = new MemoryContents();
    try (TarArchiveInputStream in = new TarArchiveInputStream(tar)) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        contents.add(entry.getName(), in.readAllBytes());
      }
    }
    return contents;
  }

  private void add(String name, byte[] bytes) {
    Matcher link = LINK.matcher(name);
    Matcher blob = BLOB.matcher(name);
    if (link.matches()) {
      tag(link.group(1), link.group(2), Digest.parse(new String(bytes, StandardCharsets.UTF_8)));
    } else if (blob.matches()) {
      blobs.put(new Digest(blob.group(1)), extent(bytes));
    } else if (!name.startsWith(STORAGE)) {
      entries.put(name, extent(bytes));
    }
  }

  /** Adds content under its own digest. */
  public Digest blob(String content) {
    return blob(content.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds content under its own digest. */
  public Digest blob(byte[] content) {
    Digest digest = Digest.of(content);
    return blobs.containsKey(digest) ? digest : blob(digest, content);
  }

  /** Adds content under a digest that may be wrong. */
  public Digest blob(Digest digest, byte[] content) {
    blobs.put(digest, extent(content));
    return digest;
  }

  public MemoryContents tag(String repository, String tag, Digest digest) {
    TagLink link = new TagLink(new RepositoryName(repository), new Tag(tag), digest);
    tags.put(repository + ":" + tag, link);
    return this;
  }

  /** Adds a metadata entry. */
  public MemoryContents entry(String name, String content) {
    return entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a metadata entry. */
  public MemoryContents entry(String name, byte[] content) {
    entries.put(name, extent(content));
    return this;
  }

  /** Takes a metadata entry away. */
  public MemoryContents withoutEntry(String name) {
    entries.remove(name);
    return this;
  }

  /** Takes content away; its links stay. */
  public MemoryContents without(Digest digest) {
    blobs.remove(digest);
    return this;
  }

  private Extent extent(byte[] bytes) {
    pieces.add(bytes);
    return new Extent(0, pieces.size() - 1, bytes.length);
  }

  @Override
  public Optional<Extent> blob(Digest digest) {
    return Optional.ofNullable(blobs.get(digest));
  }

  @Override
  public Optional<Extent> entry(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  @Override
  public List<String> entries(String prefix) {
    return entries.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Override
  public List<TagLink> tags() {
    return List.copyOf(tags.values());
  }

  @Override
  public Optional<Digest> tag(RepositoryName repository, Tag tag) {
    return Optional.ofNullable(tags.get(repository + ":" + tag)).map(TagLink::digest);
  }

  @Override
  public byte[] read(Extent extent, int most) {
    byte[] bytes = pieces.get((int) extent.offset());
    if (bytes.length > most) {
      throw new Rejected(Code.LIMIT_EXCEEDED, bytes.length + " bytes, at most " + most);
    }
    return bytes.clone();
  }

  @Override
  public InputStream stream(Extent extent, long offset) throws IOException {
    InputStream stream = new ByteArrayInputStream(pieces.get((int) extent.offset()));
    stream.skipNBytes(offset);
    return stream;
  }
}
