package landfall.registry.fault;

import java.util.Locale;

/**
 * One thing that happened to one request, which the table may find to be no fault at all.
 *
 * @param renewed whether the credentials had just been renewed because of an earlier 401
 * @param advice what is known of such a registry; no reason for anything but a person's next step
 */
public record Fault(
    Operation operation, Signal signal, Reply reply, boolean renewed, String advice) {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  public static Fault of(Operation operation, Reply answer) {
    return new Fault(operation, Signal.ANSWER, answer, false, "");
  }

  public static Fault of(Operation operation, Signal signal, String text) {
    return new Fault(operation, signal, Reply.none(text), false, "");
  }

  /** The same, with something the reader should know as well. */
  public Fault adding(String note) {
    return new Fault(operation, signal, reply.adding(note), renewed, advice);
  }

  /** The same, with what is known of such a registry. */
  public Fault advising(String words) {
    return new Fault(operation, signal, reply, renewed, words);
  }

  /** The same, once fresh credentials have been tried. */
  public Fault afterRenewal() {
    return new Fault(operation, signal, reply, true, advice);
  }

  public int status() {
    return reply.status();
  }

  /** Whether it is about who we are, or what we may do. */
  public boolean refusesUs() {
    return status() == UNAUTHORIZED || status() == FORBIDDEN;
  }

  /** Whether the answer's words contain one of these, in any case. */
  boolean says(String... words) {
    String text = reply.text().toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** What was found, as the end of a sentence. */
  public String found() {
    return advice.isEmpty() ? seen() : seen() + "; " + advice;
  }

  private String seen() {
    if (signal != Signal.ANSWER) {
      return reply.text();
    }
    String codes = reply.codes().isEmpty() ? "" : " " + String.join(" ", reply.codes());
    String text = reply.text().isEmpty() ? "" : ": " + reply.text();
    String who = operation == Operation.TOKEN ? "the token server" : "the registry";
    return who + " answered " + status() + (reply.html() ? " with a web page" : "") + codes + text;
  }
}
