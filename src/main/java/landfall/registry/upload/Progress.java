package landfall.registry.upload;

/**
 * How far a body came.
 *
 * @param sent bytes that were given to the connection, of which some may never have arrived
 * @param nanos since its first byte
 */
record Progress(long sent, long nanos) {
  /** A reset does not tell what was still in the buffers of both ends. */
  private static final long BUFFERED = 512 << 10;

  private static final long NONE = -1;
  private static final long SECOND = 1_000_000_000L;

  /** Limits on time are not shorter; what breaks earlier breaks for other reasons. */
  private static final long SHORTEST = 5 * SECOND;

  /** The same where its bytes tell nothing, for the other side went on to answer. */
  Progress ofTime() {
    return new Progress(NONE, nanos);
  }

  boolean isAtSameCount(Progress other) {
    long larger = Math.max(sent, other.sent);
    return Math.min(sent, other.sent) > NONE
        && Math.abs(sent - other.sent) <= Math.max(BUFFERED, larger / 4);
  }

  boolean isAtSameTime(Progress other) {
    long longer = Math.max(nanos, other.nanos);
    return Math.min(nanos, other.nanos) >= SHORTEST
        && Math.abs(nanos - other.nanos) <= SECOND + longer / 10;
  }
}
