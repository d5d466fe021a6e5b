package landfall.registry.exchange;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import landfall.failure.Parked;
import landfall.registry.fault.Fault;
import landfall.registry.fault.Operation;
import landfall.registry.fault.Pause;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Signal;
import landfall.registry.tls.TlsFault;
import landfall.registry.tls.Trust;
import landfall.registry.wire.Forbidden;
import landfall.registry.wire.Meter;
import landfall.registry.wire.SourceFailed;
import landfall.registry.wire.Times;
import landfall.registry.wire.Wire;
import landfall.registry.wire.Words;
import landfall.target.HostPort;
import landfall.target.Target;
import org.apache.hc.core5.http.MessageConstraintException;

/**
 * The connections to a target, made when they are first needed and made anew when its CA or
 * certificate files have changed, so that a repaired file needs no restart.
 */
public final class Line implements AutoCloseable {
  private static final int YOUNG_LINES = 2;
  private static final Duration OFTEN = Duration.ofSeconds(3);

  private final Target target;
  private final Times times;
  private final Meter meter;
  private final Pause pause;
  private final Deque<Wire> wires = new ArrayDeque<>();
  private List<String> stamps = List.of();
  private long looked;

  public Line(Target target, Times times, Meter meter, Pause pause) {
    this.target = target;
    this.times = times;
    this.meter = meter;
    this.pause = pause;
  }

  /**
   * The connections as they are. Every few seconds it is seen whether the files have changed; such
   * as cannot be used yet are left for the next look while there are connections that work.
   *
   * @throws Parked when a CA or certificate file cannot be used and there are none
   */
  public synchronized Wire wire() {
    if (wires.isEmpty()) {
      return connect(stamps());
    }
    if (pause.nanos() - looked > OFTEN.toNanos()) {
      renew();
    }
    return wires.getLast();
  }

  /**
   * Looks at the files again.
   *
   * @throws Parked when one of them cannot be used
   */
  public synchronized void refresh() {
    looked = pause.nanos();
    List<String> now = stamps();
    if (!now.equals(stamps)) {
      connect(now);
    }
  }

  private void renew() {
    try {
      refresh();
    } catch (Parked halfWritten) {
      // the line there is goes on, and if it does not, that is said where it fails
    }
  }

  /** Whether there is a line now that was made of other files than that one. */
  private synchronized boolean isOutdated(Wire used) {
    renew();
    return !used.equals(wires.peekLast());
  }

  /** Calls may still begin on the one before; older ones go once theirs are over. */
  private Wire connect(List<String> now) {
    Wire wire = new Wire(target, Trust.of(target.security()), times, meter);
    wires.addLast(wire);
    stamps = now;
    looked = pause.nanos();
    List<Wire> old = List.copyOf(wires).subList(0, Math.max(0, wires.size() - YOUNG_LINES));
    for (Wire each : old) {
      if (!each.isBusy()) {
        wires.remove(each);
        each.close();
      }
    }
    return wire;
  }

  private List<String> stamps() {
    Target.Security security = target.security();
    List<String> now = new ArrayList<>();
    Stream.of(security.ca(), security.clientCert(), security.clientKey())
        .flatMap(Optional::stream)
        .forEach(file -> now.add(stamp(file)));
    return now;
  }

  private static String stamp(Path file) {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException gone) {
      return "";
    }
  }

  /** Words what the connection threw, unless it has become outdated over it. */
  RequestFault fault(Wire used, Operation operation, URI address, IOException thrown) {
    if (thrown instanceof SourceFailed ours) {
      Signal signal = ours.isChanged() ? Signal.SOURCE_CHANGED : Signal.SOURCE_UNREADABLE;
      return new RequestFault(Fault.of(operation, signal, words(thrown)), thrown);
    }
    Signal signal = thrown instanceof Forbidden ? Signal.FORBIDDEN : Signal.of(thrown);
    String found =
        signal == Signal.TLS && thrown instanceof SSLException untrusted
            ? Words.clean(TlsFault.words(untrusted, showsOurs(address)))
            : words(signal, thrown) + " (" + words(thrown) + ")";
    boolean outdated = signal == Signal.TLS && isOutdated(used);
    return new RequestFault(
        Fault.of(
            operation,
            outdated ? Signal.TLS_OUTDATED : signal,
            address.getAuthority() + ": " + found),
        thrown);
  }

  /** Our certificate is for the registry alone. */
  private boolean showsOurs(URI address) {
    return target.security().clientCert().isPresent()
        && HostPort.parse(target.registry()).covers(address);
  }

  private static String words(IOException thrown) {
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : Words.clean(message);
  }

  private static String words(Signal signal, IOException thrown) {
    if (thrown instanceof MessageConstraintException) {
      return "the answer has " + Wire.TOO_LARGE;
    }
    return switch (signal) {
      case REFUSED -> "nobody can be reached there";
      case UNREACHED -> "no connection within the time allowed";
      case SILENT -> "no answer within the time allowed";
      case GARBAGE -> "the answer is not HTTP";
      case FORBIDDEN -> "that address is never contacted";
      default -> "the connection broke off";
    };
  }

  @Override
  public synchronized void close() {
    wires.forEach(Wire::close);
    wires.clear();
  }
}
