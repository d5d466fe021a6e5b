package landfall.wiring;

import java.util.Optional;
import landfall.push.Push.Shipment;
import landfall.push.Pusher;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Writes down that Camel is about to try an image again. */
final class NoteRetry implements Processor {
  private final Pusher pusher;

  NoteRetry(Pusher pusher) {
    this.pusher = pusher;
  }

  @Override
  public void process(Exchange exchange) {
    Optional<Throwable> why =
        Optional.ofNullable(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    Optional<Shipment> image = Optional.ofNullable(exchange.getMessage().getBody(Shipment.class));
    image.ifPresent(each -> why.ifPresent(failed -> pusher.retried(each, failed)));
  }
}
