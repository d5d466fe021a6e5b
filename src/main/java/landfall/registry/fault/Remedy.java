package landfall.registry.fault;

import landfall.failure.Code;

/**
 * What a row of the table prescribes.
 *
 * @param times how often the row may be obeyed within one call
 * @param end the code that is given when it may not any more
 * @param pace how long to wait, and whether it costs a try
 * @param ease whether the registry should be worked less hard from now on
 */
public record Remedy(Act act, int times, Code end, Pace pace, Ease ease) {
  /** More tries than this are not made of one call, whatever the rows say. */
  public static final int BUDGET = 6;

  /** More than there are ways of sending a blob, so that no search for one goes on for ever. */
  private static final int WAYS = 24;

  /** How a repetition is spaced. */
  public enum Pace {
    /** Almost at once, then full jitter that doubles from half a second; or as is asked for. */
    BACKOFF,
    /** Within about a second: whoever is down is to be reported as down, and soon. */
    BRIEF,
    /** As the registry asks, at no cost of tries. */
    FREE,
    /** At once, and at no cost of tries: it is another thing that is tried. */
    AT_ONCE
  }

  /** Whether to go easier on the registry. */
  public enum Ease {
    NO,
    /** Where a good part of the latest answers are like this: one in twenty is the network. */
    IF_MANY,
    YES
  }

  static Remedy ok() {
    return new Remedy(Act.OK, 0, Code.INTERNAL, Pace.FREE, Ease.NO);
  }

  static Remedy follow() {
    return new Remedy(Act.FOLLOW, 0, Code.REGISTRY_MISCONFIGURED, Pace.FREE, Ease.NO);
  }

  static Remedy token() {
    return new Remedy(Act.TOKEN, BUDGET, Code.REGISTRY_AUTH, Pace.FREE, Ease.NO);
  }

  static Remedy otherwise(Code code) {
    return new Remedy(Act.OTHERWISE, WAYS, code, Pace.AT_ONCE, Ease.NO);
  }

  static Remedy stop(Code code) {
    return new Remedy(Act.STOP, 0, code, Pace.FREE, Ease.NO);
  }

  static Remedy again(Act act, int times, Code end) {
    return new Remedy(act, times, end, Pace.BACKOFF, Ease.NO);
  }

  /** As often as the budget allows. */
  static Remedy again(Act act, Code end) {
    return again(act, BUDGET, end);
  }

  Remedy briefly() {
    return new Remedy(act, times, end, Pace.BRIEF, ease);
  }

  Remedy free() {
    return new Remedy(act, times, end, Pace.FREE, ease);
  }

  Remedy slowly() {
    return new Remedy(act, times, end, pace, Ease.YES);
  }

  Remedy slowlyIfMany() {
    return new Remedy(act, times, end, pace, Ease.IF_MANY);
  }

  Remedy fitting(Operation operation) {
    return act == Act.REPEAT ? new Remedy(operation.repeat(), times, end, pace, ease) : this;
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
          case AT_ONCE -> "; at once, at no cost";
          case FREE -> waits ? "; as long as it asks, at no cost" : "";
        };
    String easing =
        switch (ease) {
          case NO -> "";
          case IF_MANY -> "; slow down if there are many";
          case YES -> "; slow down";
        };
    return waiting + easing;
  }
}
