package landfall.failure;

/** What follows from a failure: whose fault it is decides who has to act. */
public enum Consequence {
  /** The input is not complete yet; it stays where it lies and is looked at again. */
  WAIT,
  /** The environment is at fault; the delivery waits, is probed, and goes on by itself. */
  PARK,
  /** Something earlier is needed first; the delivery goes on when it has come. */
  HOLD,
  /** The archive is damaged, hostile or against policy; people review it. */
  QUARANTINE,
  /** One image cannot be delivered although archive and registry are fine. */
  DEAD_LETTER
}
