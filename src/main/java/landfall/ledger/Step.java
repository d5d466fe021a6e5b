package landfall.ledger;

/** The step a delivery is at, in the order of the flow. */
public enum Step {
  ARRIVE,
  VERIFY,
  OPEN,
  PLAN,
  PUSH,
  PUBLISH,
  REPORT
}
