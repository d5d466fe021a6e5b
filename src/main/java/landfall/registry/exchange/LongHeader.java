package landfall.registry.exchange;

import java.util.Optional;
import landfall.registry.auth.Secret;
import landfall.registry.fault.Fault;
import landfall.registry.fault.Operation;
import landfall.registry.fault.Reply;
import landfall.registry.fault.Signal;

/** Credentials that make a header which servers do not take: some tokens list many groups. */
final class LongHeader {
  private static final int NAME = "Authorization: ".length();
  private static final int USUAL_LIMIT = 8192;

  private LongHeader() {}

  /**
   * Whether an answer is what servers give to a header too long for them, in no registry's words.
   */
  static boolean isMeant(Optional<Secret> sent, Reply reply) {
    int status = reply.status();
    boolean headers = status == 400 || status == 431 || status == 494;
    return headers
        && reply.codes().isEmpty()
        && sent.filter(secret -> NAME + secret.reveal().length() > USUAL_LIMIT).isPresent();
  }

  static Fault fault(Operation operation, Optional<Secret> sent, Fault fault) {
    return Fault.of(
        operation,
        Signal.HEADER_TOO_LONG,
        fault.found()
            + "; it was sent credentials of "
            + sent.map(secret -> secret.reveal().length()).orElse(0)
            + " characters, and most servers and proxies take no header above "
            + USUAL_LIMIT
            + ": have the token server give shorter tokens (an account in fewer groups), or raise"
            + " the header limit");
  }
}
