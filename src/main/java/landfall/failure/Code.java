package landfall.failure;

/**
 * Every reason Landfall can give, with what follows from it and what a person does next.
 *
 * <p>The names are stable: scripts and hand-books rely on them. {@link #releasable()} tells whether
 * a reviewer may accept what was refused; damage and wrong digests never are.
 */
public enum Code {
  SIDECAR_MISSING(
      Consequence.WAIT, true, "Copy the checksum file that belongs to the archive into the drop."),
  SIDECAR_INVALID(
      Consequence.QUARANTINE,
      true,
      "Write the checksum file again on the sending side (sha256sum ARCHIVE > ARCHIVE.sha256), put"
          + " it beside the quarantined archive and run: landfall quarantine retry ID"),
  SIDECAR_MISMATCH(
      Consequence.QUARANTINE,
      false,
      "Copy the archive again from its source, for the bytes here are not those the checksum was"
          + " made of; then discard this one: landfall quarantine discard ID --reason TEXT. If it was"
          + " the wrong checksum file, put the right one in its place beside the quarantined archive"
          + " and run: landfall quarantine retry ID"),
  SIGNATURE_MISSING(
      Consequence.QUARANTINE, true, "Ask the sender for the signature that belongs to it."),
  SIGNATURE_INVALID(
      Consequence.QUARANTINE,
      false,
      "Ask the sender who signed it; where you trust that key, name it in config/landfall.yaml and"
          + " retry."),
  NOT_AN_ARCHIVE(
      Consequence.QUARANTINE,
      false,
      "Drop the archive that oc-mirror wrote (mirror_NNNNNN.tar), plain or inside one tar.gz or"
          + " tar.zst."),
  ARCHIVE_TRUNCATED(
      Consequence.QUARANTINE, false, "Copy the archive again from its source; its end is missing."),
  ARCHIVE_CORRUPT(
      Consequence.QUARANTINE, false, "Copy the archive again from its source; it is damaged."),
  ARCHIVE_TRAILING_DATA(
      Consequence.QUARANTINE,
      false,
      "Ask the sender how the archive was made; it goes on after its own end."),
  UNSAFE_ENTRY(
      Consequence.QUARANTINE,
      false,
      "Ask the sender how the archive was made; oc-mirror never writes such an entry."),
  DUPLICATE_ENTRY(
      Consequence.QUARANTINE,
      false,
      "Ask the sender how the archive was made; one name stands for two contents."),
  LIMIT_EXCEEDED(
      Consequence.QUARANTINE,
      false,
      "Check where the archive comes from; it is larger than any that oc-mirror writes."),
  LAYOUT_UNKNOWN(
      Consequence.QUARANTINE,
      false,
      "Drop an archive written by oc-mirror --v2 (mirror to disk); others are not read."),
  MANIFEST_INVALID(
      Consequence.QUARANTINE, false, "Mirror again on the connected side and carry a new archive."),
  DIGEST_MISMATCH(
      Consequence.QUARANTINE,
      false,
      "Copy the archive again from its source; content and digest differ."),
  SIZE_MISMATCH(
      Consequence.QUARANTINE, false, "Mirror again on the connected side and carry a new archive."),
  BLOB_MISSING(
      Consequence.QUARANTINE,
      false,
      "Carry the archive that brought the missing content, or the content itself as an OCI image"
          + " layout or as files named by their digests; put all chunks of one run into one folder;"
          + " or mirror again into a new workspace."),
  REF_INVALID(
      Consequence.QUARANTINE, false, "Correct the image set configuration and mirror again."),
  NAME_COLLISION(
      Consequence.QUARANTINE,
      false,
      "Give one of the images a targetRepo or targetTag and mirror again."),
  CHUNK_MISSING(
      Consequence.WAIT, false, "Copy the missing mirror_NNNNNN.tar into the same folder."),
  CHUNK_MIXED(
      Consequence.QUARANTINE, false, "Put the chunks of each run into a folder of their own."),
  STILL_COPYING(Consequence.WAIT, false, "Nothing: it starts by itself once the copy is complete."),
  CHANGED_DURING_READ(
      Consequence.QUARANTINE,
      false,
      "Find who writes to the archive, let the copy finish, and run: landfall quarantine retry ID"),
  UNSAFE_FILE(
      Consequence.WAIT,
      false,
      "Copy a regular file into the drop; links and special files are not followed."),
  POISON(
      Consequence.QUARANTINE,
      false,
      "Report this archive to Landfall's maintainers; it ended the program three times."),
  POLICY_DENIED(Consequence.QUARANTINE, true, "Ask who owns the policy, then release or discard."),
  ROLLBACK_SUSPECTED(
      Consequence.QUARANTINE,
      true,
      "Check that older content is wanted, then: landfall quarantine release ID; else discard it."),

  REGISTRY_DOWN(
      Consequence.PARK, false, "Bring the registry or the way to it back; work goes on by itself."),
  REGISTRY_TLS(
      Consequence.PARK,
      false,
      "Name the registry's CA with 'ca:' in config/landfall.yaml, or renew its certificate; where it"
          + " wants one of ours, name that with 'clientCert:' and 'clientKey:'."),
  REGISTRY_AUTH(
      Consequence.PARK,
      false,
      "Put valid credentials for the registry into the auth file (podman login), then wait."),
  REGISTRY_DENIED(
      Consequence.PARK,
      false,
      "Give the account the right to push to the named repository and to pull from it, or see which"
          + " policy of its project forbids it."),
  REGISTRY_READONLY(Consequence.PARK, false, "Switch the registry's read-only mode off."),
  REGISTRY_QUOTA(Consequence.PARK, false, "Raise the quota or free space in the registry."),
  REGISTRY_FULL(Consequence.PARK, false, "Free space on the registry's storage."),
  REPO_MISSING(
      Consequence.PARK, false, "Create the named project or organization in the registry."),
  REGISTRY_MISCONFIGURED(
      Consequence.PARK,
      false,
      "Check host, port and scheme of the target; the answer is not a registry's."),
  REGISTRY_MEDIATYPE(
      Consequence.PARK, false, "Allow docker v2 schema 2 manifests in the registry's settings."),
  REGISTRY_INCONSISTENT(
      Consequence.PARK,
      false,
      "Check the registry's storage; it does not hold what it said it stored."),
  PROXY_BODY_LIMIT(
      Consequence.PARK, false, "Raise the body limit of the proxy in front of the registry."),
  SESSION_AFFINITY(
      Consequence.PARK,
      false,
      "Give the registry's replicas one shared http secret, or pin sessions to one of them."),
  LOCAL_DISK_FULL(Consequence.PARK, false, "Free space on the named folder's disk."),
  LOCAL_IO(
      Consequence.PARK, false, "Check disk and permissions of the named file; then it goes on."),
  MEDIA_UNREADABLE(
      Consequence.PARK, false, "Plug the medium in again, or copy the archive to a good disk."),

  TAG_CONFLICT(
      Consequence.DEAD_LETTER,
      true,
      "Find out whose the tag is; where it may go, remove it from the registry and retry, or release"
          + " the archive if it is in quarantine: landfall quarantine release ID"),
  MEDIATYPE_REJECTED(
      Consequence.DEAD_LETTER, false, "Allow this media type in the registry, then retry."),
  MANIFEST_TOO_LARGE(
      Consequence.DEAD_LETTER, false, "Raise the registry's manifest limit, then retry."),
  NAME_REJECTED(
      Consequence.DEAD_LETTER, false, "Choose a prefix or a target repository it accepts."),
  SPARSE_INDEX_REJECTED(
      Consequence.DEAD_LETTER, false, "Allow sparse indexes in the registry, then retry."),
  REFERENCE_UNKNOWN(
      Consequence.DEAD_LETTER,
      false,
      "See whether the registry collects garbage while images are pushed, then retry."),
  RETRIES_EXHAUSTED(
      Consequence.DEAD_LETTER, false, "Look at the registry's log for this image, then retry."),
  REGISTRY_ALTERED(
      Consequence.DEAD_LETTER,
      false,
      "Find what changes manifests on the way to the registry; do not use this image."),
  REGISTRY_CORRUPT(
      Consequence.DEAD_LETTER, false, "Remove the damaged blob from the registry, then retry."),
  DEPENDENCY_FAILED(
      Consequence.DEAD_LETTER, false, "Repair the image it needs; a retry sends both."),
  NOT_SUPPORTED(
      Consequence.DEAD_LETTER,
      false,
      "Mirror this content with oc-mirror; this version of Landfall does not deliver it."),

  INTERNAL(
      Consequence.QUARANTINE,
      false,
      "This is a defect of Landfall: report it with the stack trace kept beside the archive.");

  private final Consequence consequence;
  private final boolean releasable;
  private final String next;

  Code(Consequence consequence, boolean releasable, String next) {
    this.consequence = consequence;
    this.releasable = releasable;
    this.next = next;
  }

  /** What follows where the failure itself does not say otherwise. */
  public Consequence consequence() {
    return consequence;
  }

  /** Whether {@code quarantine release} may accept what was refused for this reason. */
  public boolean releasable() {
    return releasable;
  }

  /** The next step a person takes, as one sentence. */
  public String next() {
    return next;
  }
}
