package landfall.demo;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import landfall.demo.Refusal.Code;
import landfall.image.RepositoryName;

/** Lists repositories and tags, a page at a time when asked to. */
final class Listings {
  private final Store store;

  Listings(Store store) {
    this.store = store;
  }

  Answer repositories(Call call) throws IOException, Refusal {
    requireReading(call);
    return page(call, store.repositories(), RepositoryList::new);
  }

  Answer tags(Call call, RepositoryName repository) throws IOException, Refusal {
    requireReading(call);
    if (!store.knows(repository)) {
      throw new Refusal(404, Code.NAME_UNKNOWN, "there is no repository " + repository);
    }
    return page(call, store.tags(repository), tags -> new TagList(repository.path(), tags));
  }

  private static void requireReading(Call call) throws Refusal {
    if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
      throw Refusal.method(call, "GET, HEAD");
    }
  }

  private static Answer page(Call call, List<String> all, Function<List<String>, Object> document)
      throws Refusal {
    String last = call.query("last").orElse("");
    List<String> rest = all.stream().filter(name -> name.compareTo(last) > 0).toList();
    int size = size(call).orElse(rest.size());
    if (size >= rest.size()) {
      return Answer.json(200, document.apply(rest));
    }
    List<String> page = rest.subList(0, size);
    Answer answer = Answer.json(200, document.apply(page));
    return size == 0 ? answer : answer.with("Link", next(call, page.get(size - 1), size));
  }

  private static Optional<Integer> size(Call call) throws Refusal {
    Optional<String> size = call.query("n");
    if (size.isPresent() && !size.get().matches("\\d{1,9}")) {
      throw new Refusal(
          400, Code.PAGINATION_NUMBER_INVALID, "n is '" + size.get() + "', must be a number");
    }
    return size.map(Integer::valueOf);
  }

  /** Names and tags have no character in them that a query would have to escape. */
  private static String next(Call call, String last, int size) {
    return "<" + call.path() + "?n=" + size + "&last=" + last + ">; rel=\"next\"";
  }

  /** The answer to a request for tags. */
  record TagList(String name, List<String> tags) {}

  /** The answer to a request for the catalog. */
  record RepositoryList(List<String> repositories) {}
}
