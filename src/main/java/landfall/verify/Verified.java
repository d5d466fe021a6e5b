package landfall.verify;

import landfall.archive.Scan;
import landfall.arrive.Arrival;
import landfall.image.Digest;

/**
 * An archive whose bytes are what was sent.
 *
 * @param identity SHA-256 of the archive's bytes, or of its chunks' digests in order
 * @param scan what the one pass over the bytes found
 */
public record Verified(Arrival arrival, Digest identity, Scan scan) {}
