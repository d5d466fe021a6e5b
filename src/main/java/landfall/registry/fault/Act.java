package landfall.registry.fault;

/** What is done next about an answer or a fault. */
public enum Act {
  /** Success, or an answer that is as good. */
  OK,
  /** Go where the answer points. */
  FOLLOW,
  /** The same request again. */
  SAME,
  /** Ask whether the blob is there; if not, a new session from byte 0. */
  BLOB,
  /** Read the manifest back; if it is not ours, the same request again. */
  CHECK,
  /** Hash our own bytes; if they are good, as {@link #BLOB}. */
  REHASH,
  /** Another way of sending: less at a time, or all at once; as {@link #BLOB} with that. */
  OTHERWISE,
  /** Fresh credentials, then again. */
  TOKEN,
  /** Whatever suits the operation: {@link #SAME}, {@link #BLOB} or {@link #CHECK}. */
  REPEAT,
  /** Give up at once. */
  STOP
}
