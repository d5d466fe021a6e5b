package landfall.demo;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import landfall.image.Digest;
import landfall.image.RepositoryName;

/** Takes blobs in: at once, in pieces, or by mounting them from another repository. */
final class Uploads {
  private final Map<String, Upload> open = new ConcurrentHashMap<>();
  private final Store store;
  private final LongAdder bytesReceived;

  Uploads(Store store, LongAdder bytesReceived) {
    this.store = store;
    this.bytesReceived = bytesReceived;
  }

  Answer answer(Call call, RepositoryName repository, String id) throws IOException, Refusal {
    if (id.isEmpty()) {
      return switch (call.method()) {
        case "POST" -> begin(call, repository);
        default -> throw Refusal.method(call, "POST");
      };
    }
    return switch (call.method()) {
      case "GET" -> Answer.of(204).with(find(repository, id).progress());
      case "PATCH" -> append(call, find(repository, id));
      case "PUT" -> finish(call, find(repository, id));
      case "DELETE" -> cancel(find(repository, id));
      default -> throw Refusal.method(call, "GET, PATCH, PUT, DELETE");
    };
  }

  private Answer begin(Call call, RepositoryName repository) throws IOException, Refusal {
    Optional<String> mount = call.query("mount");
    if (mount.isPresent() && mount(call, repository, Parse.digest(mount.get()))) {
      return created(repository, Parse.digest(mount.get()));
    }
    if (call.query("digest").isPresent()) {
      promised(call);
      return finish(call, start(repository));
    }
    return Answer.of(202).with(start(repository).progress());
  }

  private boolean mount(Call call, RepositoryName repository, Digest digest)
      throws IOException, Refusal {
    Optional<String> from = call.query("from");
    if (from.isEmpty() || store.blob(Parse.repository(from.get()), digest).isEmpty()) {
      return false;
    }
    store.showBlob(repository, digest);
    return true;
  }

  private Upload start(RepositoryName repository) throws IOException {
    Upload upload = new Upload(repository, store.receive());
    open.put(upload.id(), upload);
    return upload;
  }

  private Upload find(RepositoryName repository, String id) throws Refusal {
    return Optional.ofNullable(open.get(id))
        .filter(upload -> upload.repository().equals(repository))
        .orElseThrow(() -> Upload.unknown(id));
  }

  private Answer append(Call call, Upload upload) throws IOException, Refusal {
    upload.append(call, bytesReceived);
    return Answer.of(202).with(upload.progress());
  }

  private Answer finish(Call call, Upload upload) throws IOException, Refusal {
    Digest promised = promised(call);
    upload.append(call, bytesReceived);
    open.remove(upload.id());
    upload.finish(promised, store);
    return created(upload.repository(), promised);
  }

  private Answer cancel(Upload upload) throws IOException, Refusal {
    open.remove(upload.id());
    upload.cancel();
    return Answer.of(204);
  }

  private static Digest promised(Call call) throws Refusal {
    return Parse.digest(call.query("digest").orElse(""));
  }

  private static Answer created(RepositoryName repository, Digest digest) {
    return Answer.of(201)
        .with(
            Map.of(
                "Location",
                "/v2/" + repository + "/blobs/" + digest,
                "Docker-Content-Digest",
                digest.toString()));
  }
}
