package landfall.registry;

import java.time.Instant;
import java.util.Optional;
import java.util.function.LongConsumer;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.registry.fault.FaultTable;
import landfall.registry.fault.WriteFault;
import landfall.registry.personality.Personality;

/**
 * One site registry. Every call is safe to repeat and retries within the limits of {@link
 * FaultTable} before it gives up.
 *
 * <p>All methods throw {@link landfall.failure.Parked} when registry, network or credentials are at
 * fault, and {@link landfall.failure.ImageRefused} when only the thing at hand is.
 */
public interface Registry extends AutoCloseable {
  /** Asks whether the registry answers and lets us in; one request, no retries. */
  void ping();

  /** Tries whether writes that were refused are taken again, and gives up what it sent. */
  void tryWrite(WriteFault fault);

  /** Whether the repository holds the blob with exactly that size in bytes. */
  boolean holds(RepositoryName repository, Digest blob, long size);

  /**
   * Whether the registry says that it does not know the repository, so that nothing need be looked
   * for in it; false where it cannot be asked. One request, no retries.
   */
  default boolean isNew(RepositoryName repository) {
    return false;
  }

  /** Makes a blob of another repository appear in this one; false when the registry declined. */
  boolean mount(RepositoryName repository, Digest blob, RepositoryName from);

  /** Uploads a blob; returns when the registry has accepted its digest. */
  void send(RepositoryName repository, Digest blob, long size, BlobSource source);

  /**
   * Downloads a blob, hashed on the way; false when the registry does not hand it out itself.
   *
   * @param sink what was written to it before counts only when this returns true
   */
  boolean fetch(RepositoryName repository, Digest blob, long size, BlobSink sink);

  /**
   * Downloads a blob to see what the repository really has of it; nothing is kept.
   *
   * @param progress told of every piece that came
   */
  Found read(RepositoryName repository, Digest blob, long size, LongConsumer progress);

  /** The digest a tag points to, if the tag exists. */
  Optional<Digest> tagged(RepositoryName repository, Tag tag);

  /**
   * The manifest as the registry holds it, read back and hashed here; empty when it is not there.
   */
  Optional<RawManifest> manifest(RepositoryName repository, String tagOrDigest);

  /**
   * Stores a manifest under a tag or its digest; returns when the registry confirmed the digest.
   */
  void put(RepositoryName repository, String tagOrDigest, RawManifest manifest);

  /** Who it is, as far as its answers have told. */
  default Personality personality() {
    return Personality.UNKNOWN;
  }

  /** What has been moved so far through this object. */
  Traffic traffic();

  /**
   * How often the registry gave reason to be worked less hard: whoever sees it grow should halve
   * what is done at a time.
   */
  default long slowdowns() {
    return 0;
  }

  /** Until when the registry asked to be left alone, which it is; empty where nobody waits. */
  default Optional<Instant> quietUntil() {
    return Optional.empty();
  }

  @Override
  void close();

  /** What is there of a blob, once all of it was read. */
  enum Found {
    WHOLE("the blob"),
    NOTHING("nothing"),
    SHORT("only its beginning"),
    OTHER("something else"),
    /** Only an address outside of the registry was given. */
    ELSEWHERE("an address elsewhere");

    private final String words;

    Found(String words) {
      this.words = words;
    }

    /** As a sentence calls it. */
    public String words() {
      return words;
    }
  }

  /** Requests made and bytes of blobs sent. */
  record Traffic(long requests, long blobBytes) {}
}
