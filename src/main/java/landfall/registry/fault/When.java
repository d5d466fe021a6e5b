package landfall.registry.fault;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The words the fault table's conditions are written in. */
final class When {
  private When() {}

  static Predicate<Fault> saw(Signal... signals) {
    return fault -> Arrays.asList(signals).contains(fault.signal());
  }

  static Predicate<Fault> doing(Operation... operations) {
    return fault -> Arrays.asList(operations).contains(fault.operation());
  }

  static Predicate<Fault> reading() {
    return fault -> fault.operation().reads();
  }

  static Predicate<Fault> writing() {
    return reading().negate();
  }

  static Predicate<Fault> starting() {
    return fault -> fault.operation().method().equals("POST");
  }

  /** A blob, whole or a piece of it, is on its way. */
  static Predicate<Fault> sending() {
    return doing(Operation.UPLOAD_PUT, Operation.UPLOAD_PATCH);
  }

  /** Something whose answer opens or continues an upload session. */
  static Predicate<Fault> withSession() {
    return fault -> fault.operation().hasSessions();
  }

  /** An upload that is only tried: what it sends is given up again. */
  static Predicate<Fault> trying() {
    return doing(Operation.TRIAL_PATCH, Operation.UPLOAD_CANCEL);
  }

  static Predicate<Fault> status(int... statuses) {
    return fault -> Arrays.stream(statuses).anyMatch(status -> status == fault.status());
  }

  static Predicate<Fault> between(int lowest, int highest) {
    return fault -> fault.status() >= lowest && fault.status() <= highest;
  }

  /** Neither an error nor the absence of an answer. */
  static Predicate<Fault> fine() {
    return between(200, 399);
  }

  static Predicate<Fault> code(String... codes) {
    List<String> wanted = List.of(codes);
    return fault -> fault.reply().codes().stream().anyMatch(wanted::contains);
  }

  /** No error code in the body. */
  static Predicate<Fault> mute() {
    return fault -> fault.reply().codes().isEmpty();
  }

  static Predicate<Fault> says(String... words) {
    return fault -> fault.says(words);
  }

  static Predicate<Fault> html() {
    return fault -> fault.reply().html();
  }

  static Predicate<Fault> away() {
    return fault -> fault.reply().away();
  }

  /** Credentials were renewed just before, or nothing says how to log in. */
  static Predicate<Fault> renewed() {
    return fault -> fault.renewed() || !fault.reply().challenged();
  }

  @SafeVarargs
  static Predicate<Fault> and(Predicate<Fault>... all) {
    Predicate<Fault> result = fault -> true;
    for (Predicate<Fault> one : all) {
      result = result.and(one);
    }
    return result;
  }

  @SafeVarargs
  static Predicate<Fault> or(Predicate<Fault>... any) {
    Predicate<Fault> result = fault -> false;
    for (Predicate<Fault> one : any) {
      result = result.or(one);
    }
    return result;
  }
}
