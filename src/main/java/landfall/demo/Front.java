package landfall.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import landfall.demo.Faults.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives every request, counts it, lets it go wrong if asked to, and sends the answer. */
final class Front {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final LongAdder bytesReceived = new LongAdder();
  private final Router router;
  private volatile Faults faults = Faults.none();

  Front(Store store) {
    this.router = new Router(store, bytesReceived);
  }

  void suffer(Faults chosen) {
    faults = chosen;
  }

  Map<String, Long> requests() {
    Map<String, Long> counts = new TreeMap<>();
    requests.forEach((method, count) -> counts.put(method, count.sum()));
    return counts;
  }

  long bytesReceived() {
    return bytesReceived.sum();
  }

  void handle(HttpExchange exchange) {
    try (exchange) {
      Call call = new Call(exchange);
      count(call.method());
      Optional<Fault> fault = faults.befalling(call.method(), call.path());
      Optional<Answer> answer =
          fault.isPresent() ? spoilt(call, fault.get()) : Optional.of(answered(call));
      if (answer.isPresent()) {
        call.drain();
        answer.get().send(exchange);
      }
    } catch (IOException gone) {
      LOG.debug("A client of the embedded registry went away", gone);
    }
  }

  private void count(String method) {
    String counted = METHODS.contains(method) ? method : "other";
    requests.computeIfAbsent(counted, name -> new LongAdder()).increment();
  }

  private Optional<Answer> spoilt(Call call, Fault fault) {
    if (fault.worked()) {
      answered(call);
    }
    return fault.status().isPresent()
        ? Optional.of(Answer.of(fault.status().getAsInt()).with(fault.headers()))
        : Optional.empty();
  }

  private Answer answered(Call call) {
    try {
      return router.answer(call);
    } catch (Refusal refusal) {
      return refusal.answer();
    } catch (IOException | RuntimeException failure) {
      LOG.debug("The embedded registry failed at {} {}", call.method(), call.path(), failure);
      return new Refusal(500, Refusal.Code.UNKNOWN, failure.toString()).answer();
    }
  }
}
