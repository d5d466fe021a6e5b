package landfall.fault.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What requests of one stretch of time say about bytes sent twice. */
public record Traffic(List<Seen> requests) {

  /** Bytes of blobs whose upload was begun since then and has no answer. */
  public long inFlight(long since) {
    return requests.stream()
        .filter(each -> each.at() > since && each.sendsBlob() && each.status() == 0)
        .mapToLong(Seen::length)
        .sum();
  }

  public long blobBytes() {
    return requests.stream().filter(Seen::sendsBlob).mapToLong(Seen::bytes).sum();
  }

  /**
   * Uploads of blobs that the registry had said it holds in that repository. Not meant are those
   * whose sender had asked for the blob while the registry still worked on the first: what a killed
   * process had sent goes on without it.
   */
  public List<String> uploadedAgain() {
    Map<String, Seen> there = new HashMap<>();
    List<String> again = new ArrayList<>();
    for (Seen each : requests.stream().filter(Seen::sendsBlob).toList()) {
      Seen first = there.get(each.blob());
      if (first != null && !crossed(first, each)) {
        again.add(each.toString());
      }
      if (each.status() == 201) {
        there.putIfAbsent(each.blob(), each);
      }
    }
    return again;
  }

  private boolean crossed(Seen first, Seen again) {
    return requests.stream()
        .filter(each -> each.method().equals("HEAD") && each.blob().equals(first.blob()))
        .anyMatch(
            each ->
                each.at() > first.at() && each.at() < first.answeredAt() && each.at() < again.at());
  }

  /** How many of them a trick was played on. */
  public long tricked() {
    return requests.stream().filter(Seen::isTricked).count();
  }

  /** Sessions into which a body was sent twice: nobody knows what such a blob consists of. */
  public List<String> replayedBodies() {
    Set<String> sessions = new HashSet<>();
    return requests.stream()
        .filter(Seen::sendsBlob)
        .filter(each -> !sessions.add(each.method() + " " + each.path()))
        .map(Seen::toString)
        .toList();
  }
}
