package landfall.registry;

import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
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
import landfall.registry.wire.Words;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Stores a manifest exactly as its bytes are, and makes sure that this is what was stored. */
final class ManifestWrite implements Step<Boolean> {
  private final Exchange exchange;
  private final RepositoryName repository;
  private final String tagOrDigest;
  private final RawManifest manifest;

  ManifestWrite(
      Exchange exchange, RepositoryName repository, String tagOrDigest, RawManifest manifest) {
    this.exchange = exchange;
    this.repository = repository;
    this.tagOrDigest = tagOrDigest;
    this.manifest = manifest;
    if (manifest.length() > Exchange.LARGEST_MANIFEST) {
      throw new ImageRefused(
          Code.MANIFEST_TOO_LARGE,
          phrase()
              + ": it has "
              + manifest.length()
              + " bytes, and registries take "
              + Exchange.LARGEST_MANIFEST);
    }
  }

  @Override
  public Optional<RepositoryName> repository() {
    return Optional.of(repository);
  }

  @Override
  public Optional<Step<?>> proof() {
    return isTag() ? Optional.empty() : Optional.of(this);
  }

  @Override
  public String phrase() {
    return "writing manifest "
        + manifest.digest()
        + " as "
        + repository
        + " "
        + tagOrDigest
        + " to "
        + exchange.addresses().root();
  }

  @Override
  public Boolean attempt() throws RequestFault {
    Answer answer =
        exchange.send(
            Call.of(
                    operation(),
                    exchange.addresses().manifest(repository, tagOrDigest),
                    Scope.push(repository))
                .with("Content-Type", manifest.mediaType())
                .with(new ByteArrayEntity(manifest.bytes(), null)));
    Optional<String> named = answer.header("Docker-Content-Digest");
    if (named.isPresent() && !isOurs(answer)) {
      compare(Words.clean(named.get()));
    }
    return true;
  }

  @Override
  public Optional<Boolean> settle() throws RequestFault {
    return stored().filter(this::isOurs).map(same -> true);
  }

  /** What the registry really holds decides, not what it says. */
  private void compare(String named) throws RequestFault {
    Optional<RawManifest> stored = stored();
    if (stored.filter(found -> !found.begins(manifest)).isEmpty()) {
      throw fault(
          Signal.LOST, "the registry accepted it and then did not have it, or not all of it");
    }
    if (!isOurs(stored.get())) {
      throw fault(
          Signal.ALTERED,
          "the registry says it stored " + named + " and holds " + stored.get().digest());
    }
  }

  private boolean isOurs(RawManifest stored) {
    return stored.digest().equals(manifest.digest());
  }

  private boolean isOurs(Answer answer) {
    return TagCheck.digest(answer).filter(manifest.digest()::equals).isPresent();
  }

  private Optional<RawManifest> stored() throws RequestFault {
    return new ManifestRead(exchange, repository, tagOrDigest).attempt();
  }

  private boolean isTag() {
    return !tagOrDigest.equals(manifest.digest().toString());
  }

  private Operation operation() {
    return isTag() ? Operation.TAG_PUT : Operation.MANIFEST_PUT;
  }

  private RequestFault fault(Signal signal, String found) {
    return new RequestFault(Fault.of(operation(), signal, found));
  }
}
