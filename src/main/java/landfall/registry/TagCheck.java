package landfall.registry;

import java.util.Optional;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.registry.auth.Scope;
import landfall.registry.exchange.Call;
import landfall.registry.exchange.Exchange;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Step;
import landfall.registry.wire.Answer;

/** Asks what a tag points to: by HEAD, and by reading it where the registry names no digest. */
final class TagCheck implements Step<Optional<Digest>> {
  private final Exchange exchange;
  private final RepositoryName repository;
  private final Tag tag;

  TagCheck(Exchange exchange, RepositoryName repository, Tag tag) {
    this.exchange = exchange;
    this.repository = repository;
    this.tag = tag;
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
    return "asking for tag " + repository + ":" + tag + " at " + exchange.addresses().root();
  }

  @Override
  public Optional<Digest> attempt() throws RequestFault {
    Answer answer =
        exchange.send(
            Call.of(
                    Operation.MANIFEST_CHECK,
                    exchange.addresses().manifest(repository, tag.name()),
                    Scope.push(repository))
                .with("Accept", MediaTypes.ACCEPT));
    if (answer.status() == 404) {
      return Optional.empty();
    }
    Optional<Digest> named = digest(answer);
    return named.isPresent()
        ? named
        : new ManifestRead(exchange, repository, tag.name()).attempt().map(RawManifest::digest);
  }

  /** The digest an answer names, if it is one we can compare. */
  static Optional<Digest> digest(Answer answer) {
    try {
      return answer.header("Docker-Content-Digest").map(String::strip).map(Digest::parse);
    } catch (IllegalArgumentException ofAnotherKind) {
      return Optional.empty();
    }
  }
}
