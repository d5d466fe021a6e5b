package landfall.plan;

/** What happens to complete images of an archive that no rule claims (AF§10). */
public enum Unclaimed {
  /** They go where the configuration names charts whose images the archive does not tell. */
  AUTO,
  /** They go. */
  PUSH,
  /** They stay and are listed. */
  REPORT
}
