package landfall.registry.fault;

import landfall.failure.Code;

/**
 * What a row of the table prescribes.
 *
 * @param times how often the row may be obeyed within one call
 * @param end the code that is given when it may not any more
 * @param pace how long to wait, and whether it costs a try
 * @param slow whether the registry should be worked less hard from now on
 */
public record Remedy(Act act, int times, Code end, Pace pace, boolean slow) {
  /** More tries than this are not made of one call, whatever the rows say. */
  public static final int BUDGET = 6;

  /** How a repetition is spaced. */
  public enum Pace {
    /** Almost at once, then full jitter that doubles from half a second; or as is asked for. */
    BACKOFF,
    /** Within about a second: whoever is down is to be reported as down, and soon. */
    BRIEF,
    /** As the registry asks, at no cost of tries. */
    FREE
  }

  static Remedy ok() {
    return new Remedy(Act.OK, 0, Code.INTERNAL, Pace.FREE, false);
  }

  static Remedy follow() {
    return new Remedy(Act.FOLLOW, 0, Code.REGISTRY_MISCONFIGURED, Pace.FREE, false);
  }

  static Remedy token() {
    return new Remedy(Act.TOKEN, BUDGET, Code.REGISTRY_AUTH, Pace.FREE, false);
  }

  static Remedy stop(Code code) {
    return new Remedy(Act.STOP, 0, code, Pace.FREE, false);
  }

  static Remedy again(Act act, int times, Code end) {
    return new Remedy(act, times, end, Pace.BACKOFF, false);
  }

  /** As often as the budget allows. */
  static Remedy again(Act act, Code end) {
    return again(act, BUDGET, end);
  }

  Remedy briefly() {
    return new Remedy(act, times, end, Pace.BRIEF, slow);
  }

  Remedy free() {
    return new Remedy(act, times, end, Pace.FREE, slow);
  }

  Remedy slowly() {
    return new Remedy(act, times, end, pace, true);
  }

  Remedy fitting(Operation operation) {
    return act == Act.REPEAT ? new Remedy(operation.repeat(), times, end, pace, slow) : this;
  }

  @Override
  public String toString() {
    String often = times == BUDGET ? "" : " x" + times;
    String what =
        switch (act) {
          case OK -> "success";
          case FOLLOW -> "follow within the registry";
          case STOP -> "at once " + end + " " + end.consequence();
          default -> act + often + ", then " + end + " " + end.consequence();
        };
    return what + words();
  }

  private String words() {
    boolean waits = act != Act.OK && act != Act.FOLLOW && act != Act.STOP && act != Act.TOKEN;
    String waiting =
        switch (pace) {
          case BACKOFF -> "";
          case BRIEF -> "; within a second or two";
          case FREE -> waits ? "; as long as it asks, at no cost" : "";
        };
    return waiting + (slow ? "; slow down" : "");
  }
}
