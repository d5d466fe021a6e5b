package landfall.registry.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words the fault table's conditions are written in. */
final class When {
  private When() {}

  private static Condition condition(String words, Predicate<Fault> test) {
    return new Condition(words, test);
  }

  private static String listed(Object... all) {
    return Stream.of(all)
        .map(each -> each.toString().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining("|"));
  }

  static Condition saw(Signal... signals) {
    return condition(
        listed((Object[]) signals), fault -> Arrays.asList(signals).contains(fault.signal()));
  }

  static Condition doing(Operation... operations) {
    return condition(
        listed((Object[]) operations),
        fault -> Arrays.asList(operations).contains(fault.operation()));
  }

  static Condition reading() {
    return condition("reading", fault -> fault.operation().reads());
  }

  static Condition writing() {
    return condition("writing", fault -> !fault.operation().reads());
  }

  static Condition starting() {
    return condition("starting", fault -> fault.operation().method().equals("POST"));
  }

  /** A blob, whole or a piece of it, is on its way. */
  static Condition sending() {
    return condition("sending", doing(Operation.UPLOAD_PUT, Operation.UPLOAD_PATCH).test());
  }

  /** A manifest is on its way. */
  static Condition storing() {
    return condition("storing", doing(Operation.MANIFEST_PUT, Operation.TAG_PUT).test());
  }

  /** Something whose answer opens or continues an upload session. */
  static Condition withSession() {
    return condition("with a session", fault -> fault.operation().hasSessions());
  }

  /** An upload that is only tried: what it sends is given up again. */
  static Condition trying() {
    return condition("only trying", doing(Operation.TRIAL_PATCH, Operation.UPLOAD_CANCEL).test());
  }

  static Condition status(int... statuses) {
    String words =
        Arrays.stream(statuses).mapToObj(Integer::toString).collect(Collectors.joining("|"));
    return condition(
        words, fault -> Arrays.stream(statuses).anyMatch(status -> status == fault.status()));
  }

  static Condition between(int lowest, int highest) {
    return condition(
        lowest + "-" + highest, fault -> fault.status() >= lowest && fault.status() <= highest);
  }

  /** Neither an error nor the absence of an answer. */
  static Condition fine() {
    return between(200, 399);
  }

  static Condition code(String... codes) {
    List<String> wanted = List.of(codes);
    return condition(
        String.join("|", wanted),
        fault -> fault.reply().codes().stream().anyMatch(wanted::contains));
  }

  /** No error code in the body. */
  static Condition mute() {
    return condition("no error code", fault -> fault.reply().codes().isEmpty());
  }

  static Condition says(String... words) {
    return condition(
        Stream.of(words)
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining("|", "says ", "")),
        fault -> fault.says(words));
  }

  static Condition html() {
    return condition("a web page", fault -> fault.reply().html());
  }

  static Condition away() {
    return condition("points elsewhere", fault -> fault.reply().away());
  }

  /** Credentials were renewed just before, or nothing says how to log in. */
  static Condition renewed() {
    return condition(
        "after fresh credentials or without a challenge",
        fault -> fault.renewed() || !fault.reply().challenged());
  }

  static Condition anything() {
    return condition("anything else", fault -> true);
  }

  static Condition and(Condition... all) {
    return condition(
        Stream.of(all).map(Condition::words).collect(Collectors.joining(", ")),
        fault -> Arrays.stream(all).allMatch(one -> one.test(fault)));
  }

  static Condition or(Condition... any) {
    return condition(
        Stream.of(any).map(Condition::words).collect(Collectors.joining(" or ", "(", ")")),
        fault -> Arrays.stream(any).anyMatch(one -> one.test(fault)));
  }
}
