package landfall.arrive;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the checksum files beside an archive said when it arrived; kept, so that a later change of
 * them changes nothing.
 *
 * @param promises one a file of the archive, where there is one
 * @param sidecars paths of the checksum files they came from
 * @param problem why the checksum files cannot be used; empty when they can
 */
public record Checksums(List<Promise> promises, List<String> sidecars, String problem) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** No checksum file speaks of the archive. */
  public static final Checksums NONE = new Checksums(List.of(), List.of(), "");

  public Checksums {
    promises = List.copyOf(promises);
    sidecars = List.copyOf(sidecars);
  }

  /** The hash, in lower-case hex, that a file of that name shall have. */
  public record Promise(String file, String hex, String sidecar) {
    private static final int SHA512_HEX = 128;

    @JsonIgnore
    public boolean isSha512() {
      return hex.length() == SHA512_HEX;
    }
  }

  public Optional<Promise> of(String file) {
    return promises.stream().filter(promise -> promise.file().equals(file)).findFirst();
  }

  /** Whether all the checksum files lie somewhere below a folder. */
  public boolean liesBelow(Path folder) {
    return sidecars.stream().allMatch(sidecar -> Path.of(sidecar).startsWith(folder));
  }

  /** The same when a checksum file, or the folder it lies in, was moved. */
  public Checksums moved(Path from, Path to) {
    return new Checksums(
        promises,
        sidecars.stream()
            .map(Path::of)
            .map(path -> path.startsWith(from) ? to.resolve(from.relativize(path)) : path)
            .map(Path::toString)
            .toList(),
        problem);
  }

  /** As the ledger keeps it. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** From the ledger. */
  public static Checksums fromJson(String json) {
    try {
      return JSON.readValue(json, Checksums.class);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("the ledger holds no checksums: " + json, damaged);
    }
  }
}
