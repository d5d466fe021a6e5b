package landfall.settings;

/**
 * A value that must not appear in logs, problems or receipts; only {@link #reveal()} gives it out.
 */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
