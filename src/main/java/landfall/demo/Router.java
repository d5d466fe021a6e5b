package landfall.demo;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.demo.Refusal.Code;
import landfall.image.RepositoryName;

/** Finds the endpoint a path means. */
final class Router {
  private static final Pattern BASE = Pattern.compile("/v2/?");
  private static final Pattern CATALOG = Pattern.compile("/v2/_catalog");
  private static final Pattern IN_REPOSITORY =
      Pattern.compile("/v2/(.+)/(blobs/uploads|blobs|manifests|tags)/([^/]*)");

  private final Uploads uploads;
  private final Blobs blobs;
  private final Manifests manifests;
  private final Listings listings;

  Router(Store store, LongAdder bytesReceived) {
    this.uploads = new Uploads(store, bytesReceived);
    this.blobs = new Blobs(store);
    this.manifests = new Manifests(store);
    this.listings = new Listings(store);
  }

  Answer answer(Call call) throws IOException, Refusal {
    if (BASE.matcher(call.path()).matches()) {
      return Answer.json(200, Map.of());
    }
    if (CATALOG.matcher(call.path()).matches()) {
      return listings.repositories(call);
    }
    Matcher found = IN_REPOSITORY.matcher(call.path());
    if (!found.matches()) {
      throw unknown(call);
    }
    RepositoryName repository = Parse.repository(found.group(1));
    String last = found.group(3);
    return switch (found.group(2)) {
      case "blobs/uploads" -> uploads.answer(call, repository, last);
      case "blobs" -> blobs.answer(call, repository, last);
      case "manifests" -> manifests.answer(call, repository, last);
      default -> tags(call, repository, last);
    };
  }

  private Answer tags(Call call, RepositoryName repository, String last)
      throws IOException, Refusal {
    if (!last.equals("list")) {
      throw unknown(call);
    }
    return listings.tags(call, repository);
  }

  /** Also what clients take for "no referrers API here, use the tag schema". */
  private static Refusal unknown(Call call) {
    return new Refusal(404, Code.UNSUPPORTED, "there is no endpoint " + call.path());
  }
}
