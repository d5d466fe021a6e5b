package landfall.push;

/** What happens where a tag points to something that Landfall did not deliver there. */
public enum TagConflict {
  /** The tag is moved. */
  OVERWRITE,
  /** The image is dead-lettered; its siblings go on. */
  REFUSE,
  /** The archive is refused before anything of it is pushed, until somebody releases it. */
  QUARANTINE
}
