package landfall.fault.proxy;

import java.util.HashSet;
import java.util.List;
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

  /** Uploads of blobs that the registry had said it holds in that repository. */
  public List<String> uploadedAgain() {
    Set<String> there = new HashSet<>();
    return requests.stream()
        .filter(Seen::sendsBlob)
        .filter(
            each -> each.status() == 201 ? !there.add(each.blob()) : there.contains(each.blob()))
        .map(Seen::toString)
        .toList();
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
