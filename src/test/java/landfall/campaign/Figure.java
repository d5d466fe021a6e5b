package landfall.campaign;

/**
 * One of the acceptance figures as it came out.
 *
 * @param number as the design numbers it
 * @param asked what is promised
 * @param found what the trials say
 * @param trials how many there were; none means it was not tried
 */
public record Figure(String number, String asked, String found, long trials, Verdict verdict) {

  /** Whether the promise was kept. */
  public enum Verdict {
    PASS,
    FAIL,
    SKIPPED;

    public static Verdict of(boolean kept) {
      return kept ? PASS : FAIL;
    }
  }

  public static Figure skipped(String number, String asked, String why) {
    return new Figure(number, asked, why, 0, Verdict.SKIPPED);
  }

  public String line() {
    return String.format(
        "figure %-5s %-7s %d trials; asked: %s; found: %s", number, verdict, trials, asked, found);
  }
}
