package landfall.registry;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import landfall.image.RepositoryName;
import landfall.registry.auth.Scope;
import landfall.registry.exchange.Call;
import landfall.registry.exchange.Exchange;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Step;
import landfall.registry.wire.Answer;

/** Asks whether a repository is one the registry has never heard of: it has no tags and says so. */
final class NewCheck implements Step<Boolean> {
  private final Exchange exchange;
  private final RepositoryName repository;

  NewCheck(Exchange exchange, RepositoryName repository) {
    this.exchange = exchange;
    this.repository = repository;
  }

  @Override
  public Optional<RepositoryName> repository() {
    return Optional.of(repository);
  }

  @Override
  public String phrase() {
    return "asking for tags of " + repository + " at " + exchange.addresses().root();
  }

  @Override
  public Boolean attempt() throws RequestFault {
    Answer answer =
        exchange.send(
            Call.of(
                Operation.TAG_LIST,
                exchange.addresses().anyTag(repository),
                Scope.push(repository)));
    // any 404 would do where tags cannot be listed at all, and there it would mean nothing
    return answer.status() == 404
        && new String(answer.body(), StandardCharsets.UTF_8).contains("NAME_UNKNOWN");
  }
}
