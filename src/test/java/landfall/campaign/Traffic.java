package landfall.campaign;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What requests of one stretch of time say about bytes sent twice. */
record Traffic(List<Seen> requests) {

  /** Bytes of blobs whose upload was begun since then and has no answer. */
  long inFlight(long since) {
    return requests.stream()
        .filter(each -> each.at() > since && each.sendsBlob() && each.status() == 0)
        .mapToLong(Seen::length)
        .sum();
  }

  long blobBytes() {
    return requests.stream().filter(Seen::sendsBlob).mapToLong(Seen::bytes).sum();
  }

  /** Uploads of blobs that the registry had said it holds in that repository. */
  List<String> uploadedAgain() {
    Set<String> there = new HashSet<>();
    return requests.stream()
        .filter(Seen::sendsBlob)
        .filter(
            each -> each.status() == 201 ? !there.add(each.blob()) : there.contains(each.blob()))
        .map(Seen::toString)
        .toList();
  }
}
