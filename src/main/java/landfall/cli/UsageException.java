package landfall.cli;

/** The command cannot be carried out as it was given; the message tells how it can. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
