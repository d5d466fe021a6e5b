package landfall.demo;

import java.util.List;
import java.util.Map;

/** A request that is answered with an error, in the form of the distribution specification. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient List<Complaint> complaints;
  private final transient Map<String, String> headers;

  Refusal(int status, Code code, String message) {
    this(status, List.of(new Complaint(code, message, "")), Map.of());
  }

  Refusal(int status, List<Complaint> complaints, Map<String, String> headers) {
    super(complaints.toString());
    this.status = status;
    this.complaints = complaints;
    this.headers = headers;
  }

  /** The refusal of a method where only {@code allowed} ones have a meaning. */
  static Refusal method(Call call, String allowed) {
    String message = call.method() + " is not supported here, only " + allowed;
    return new Refusal(
        405,
        List.of(new Complaint(Code.UNSUPPORTED, message, call.path())),
        Map.of("Allow", allowed));
  }

  Answer answer() {
    return Answer.json(status, Map.of("errors", complaints)).with(headers);
  }

  /** One entry of the list of errors that goes out as JSON. */
  record Complaint(Code code, String message, String detail) {}

  /** The words the specification, and where it has none docker-registry, uses for errors. */
  enum Code {
    BLOB_UNKNOWN,
    BLOB_UPLOAD_INVALID,
    BLOB_UPLOAD_UNKNOWN,
    DIGEST_INVALID,
    MANIFEST_BLOB_UNKNOWN,
    MANIFEST_INVALID,
    MANIFEST_UNKNOWN,
    NAME_INVALID,
    NAME_UNKNOWN,
    PAGINATION_NUMBER_INVALID,
    RANGE_INVALID,
    SIZE_INVALID,
    TAG_INVALID,
    UNKNOWN,
    UNSUPPORTED
  }
}
