package landfall.registry;

import java.util.Optional;
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

  @Override
  void close();

  /** Requests made and bytes of blobs sent. */
  record Traffic(long requests, long blobBytes) {}
}
