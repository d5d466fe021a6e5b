package landfall.plan.candidate;

/** A text that may be looked at so many times: a leash for patterns that backtrack without end. */
final class CountedText implements CharSequence {
  private final String text;
  private final int most;
  private int steps;

  CountedText(String text, int most) {
    this.text = text;
    this.most = most;
  }

  int steps() {
    return steps;
  }

  @Override
  public char charAt(int index) {
    steps++;
    if (steps > most) {
      throw new TooManySteps();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }

  /** The leash is at its end. */
  static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
