package landfall.registry;

import java.util.Optional;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.registry.auth.Scope;
import landfall.registry.exchange.Call;
import landfall.registry.exchange.Exchange;
import landfall.registry.fault.Fault;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Signal;
import landfall.registry.fault.Step;
import landfall.registry.wire.Answer;

/** Reads a manifest back, byte for byte. */
final class ManifestRead implements Step<Optional<RawManifest>> {
  private final Exchange exchange;
  private final RepositoryName repository;
  private final String tagOrDigest;

  ManifestRead(Exchange exchange, RepositoryName repository, String tagOrDigest) {
    this.exchange = exchange;
    this.repository = repository;
    this.tagOrDigest = tagOrDigest;
  }

  @Override
  public Optional<RepositoryName> repository() {
    return Optional.of(repository);
  }

  @Override
  public Optional<Step<?>> proof() {
    return Optional.of(this);
  }

  @Override
  public String phrase() {
    return "reading manifest "
        + repository
        + " "
        + tagOrDigest
        + " from "
        + exchange.addresses().root();
  }

  @Override
  public Optional<RawManifest> attempt() throws RequestFault {
    Answer answer =
        exchange.send(
            Call.of(
                    Operation.MANIFEST_GET,
                    exchange.addresses().manifest(repository, tagOrDigest),
                    Scope.push(repository))
                .with("Accept", MediaTypes.ACCEPT));
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (!answer.isWhole()) {
      throw new RequestFault(
          Fault.of(
              Operation.MANIFEST_GET,
              Signal.ALTERED,
              "the registry holds more than "
                  + Exchange.LARGEST_MANIFEST
                  + " bytes under that name"));
    }
    return Optional.of(new RawManifest(answer.mediaType(), answer.body()));
  }
}
