package landfall.registry;

import java.util.Optional;
import landfall.image.RepositoryName;
import landfall.registry.auth.Scope;
import landfall.registry.exchange.Call;
import landfall.registry.exchange.Exchange;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Step;

/** Asks whether somebody is there, speaks the registry protocol, and lets us in. */
final class Ping implements Step<Boolean> {
  private final Exchange exchange;
  private final Optional<RepositoryName> prefix;

  Ping(Exchange exchange, Optional<RepositoryName> prefix) {
    this.exchange = exchange;
    this.prefix = prefix;
  }

  @Override
  public String phrase() {
    return "asking " + exchange.addresses().root() + " whether it is there";
  }

  @Override
  public Boolean attempt() throws RequestFault {
    exchange.send(Call.of(Operation.PING, exchange.addresses().ping(), Scope.registry(prefix)));
    return true;
  }
}
