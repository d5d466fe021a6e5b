package landfall.registry.fault;

import static landfall.failure.Code.CHANGED_DURING_READ;
import static landfall.failure.Code.MANIFEST_TOO_LARGE;
import static landfall.failure.Code.MEDIATYPE_REJECTED;
import static landfall.failure.Code.MEDIA_UNREADABLE;
import static landfall.failure.Code.NAME_REJECTED;
import static landfall.failure.Code.PROXY_BODY_LIMIT;
import static landfall.failure.Code.REFERENCE_UNKNOWN;
import static landfall.failure.Code.REGISTRY_ALTERED;
import static landfall.failure.Code.REGISTRY_AUTH;
import static landfall.failure.Code.REGISTRY_CORRUPT;
import static landfall.failure.Code.REGISTRY_DENIED;
import static landfall.failure.Code.REGISTRY_DOWN;
import static landfall.failure.Code.REGISTRY_FULL;
import static landfall.failure.Code.REGISTRY_INCONSISTENT;
import static landfall.failure.Code.REGISTRY_MISCONFIGURED;
import static landfall.failure.Code.REGISTRY_QUOTA;
import static landfall.failure.Code.REGISTRY_READONLY;
import static landfall.failure.Code.REGISTRY_TLS;
import static landfall.failure.Code.REPO_MISSING;
import static landfall.failure.Code.RETRIES_EXHAUSTED;
import static landfall.failure.Code.SESSION_AFFINITY;
import static landfall.failure.Code.TAG_CONFLICT;
import static landfall.registry.fault.Act.BLOB;
import static landfall.registry.fault.Act.CHECK;
import static landfall.registry.fault.Act.REHASH;
import static landfall.registry.fault.Act.REPEAT;
import static landfall.registry.fault.Act.SAME;
import static landfall.registry.fault.Operation.BLOB_CHECK;
import static landfall.registry.fault.Operation.BLOB_GET;
import static landfall.registry.fault.Operation.BLOB_MOUNT;
import static landfall.registry.fault.Operation.BLOB_PEEK;
import static landfall.registry.fault.Operation.PING;
import static landfall.registry.fault.Operation.TAG_PUT;
import static landfall.registry.fault.Operation.TOKEN;
import static landfall.registry.fault.Operation.UPLOAD_PATCH;
import static landfall.registry.fault.Operation.UPLOAD_PUT;
import static landfall.registry.fault.Operation.UPLOAD_START;
import static landfall.registry.fault.Operation.UPLOAD_STATUS;
import static landfall.registry.fault.Remedy.again;
import static landfall.registry.fault.Remedy.follow;
import static landfall.registry.fault.Remedy.ok;
import static landfall.registry.fault.Remedy.otherwise;
import static landfall.registry.fault.Remedy.stop;
import static landfall.registry.fault.Remedy.token;
import static landfall.registry.fault.Signal.ALTERED;
import static landfall.registry.fault.Signal.ANSWER;
import static landfall.registry.fault.Signal.CUT;
import static landfall.registry.fault.Signal.DISCARDED;
import static landfall.registry.fault.Signal.FORBIDDEN;
import static landfall.registry.fault.Signal.GARBAGE;
import static landfall.registry.fault.Signal.HEADER_TOO_LONG;
import static landfall.registry.fault.Signal.LIMITED;
import static landfall.registry.fault.Signal.LOST;
import static landfall.registry.fault.Signal.MISPLACED;
import static landfall.registry.fault.Signal.REFUSED;
import static landfall.registry.fault.Signal.SILENT;
import static landfall.registry.fault.Signal.SOURCE_CHANGED;
import static landfall.registry.fault.Signal.SOURCE_UNREADABLE;
import static landfall.registry.fault.Signal.TLS;
import static landfall.registry.fault.Signal.TLS_OUTDATED;
import static landfall.registry.fault.Signal.UNREACHED;
import static landfall.registry.fault.Signal.WRONG_SIZE;
import static landfall.registry.fault.When.and;
import static landfall.registry.fault.When.anything;
import static landfall.registry.fault.When.away;
import static landfall.registry.fault.When.between;
import static landfall.registry.fault.When.code;
import static landfall.registry.fault.When.doing;
import static landfall.registry.fault.When.fine;
import static landfall.registry.fault.When.html;
import static landfall.registry.fault.When.mute;
import static landfall.registry.fault.When.or;
import static landfall.registry.fault.When.reading;
import static landfall.registry.fault.When.renewed;
import static landfall.registry.fault.When.saw;
import static landfall.registry.fault.When.says;
import static landfall.registry.fault.When.sending;
import static landfall.registry.fault.When.starting;
import static landfall.registry.fault.When.status;
import static landfall.registry.fault.When.storing;
import static landfall.registry.fault.When.trying;
import static landfall.registry.fault.When.withSession;
import static landfall.registry.fault.When.writing;

import java.util.List;

/**
 * The one table that says what a single request does about a fault. The first row that fits wins;
 * its number is that of the list in the handbook, so a row may stand out of turn or more than once.
 */
public final class FaultTable {
  private static final int[] BAD_GATEWAY = {502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530};

  /** At the start of an upload docker-registry tells only the system's number: ENOSPC, EDQUOT. */
  private static final String[] FULL_WORDS = {
    "no space", "disk full", "quota", "\"err\":28}", "\"err\":122}"
  };

  private static final String[] READONLY_WORDS = {"read-only", "readonly", "read only"};
  private static final String[] FORBIDDEN_WORDS = {"http 403", "forbidden"};
  private static final String[] BREAKER_WORDS = {"http 503", "circuit breaker"};
  private static final String[] SIZE_WORDS = {"maximum", "exceed"};

  /** What is wrong with a blob rather than with the session it came in, which may have a range. */
  private static final String[] CONTENT_WORDS = {"content", "digest", "checksum", "size"};

  private static final String[] SESSION_WORDS = {
    "session", "range", "offset", "uuid", "upload state", "expired", "not found", "unknown"
  };

  private static final String[] QUOTA_WORDS = {"quota", "storage limit", "upper limit"};

  private static final Condition DENIED = or(status(403), code("DENIED"));

  /** One line of the table. */
  record Row(int number, Condition when, Remedy remedy) {
    @Override
    public String toString() {
      return number + " | " + when + " | " + remedy;
    }
  }

  /** What to do, and the number of the row that says so. */
  public record Verdict(int row, Remedy remedy) {}

  private FaultTable() {}

  private static Row row(int number, Condition when, Remedy remedy) {
    return new Row(number, when, remedy);
  }

  static final List<Row> ROWS =
      List.of(
          // -- the connection
          row(1, saw(REFUSED), again(SAME, 2, REGISTRY_DOWN).briefly()),
          row(1, saw(UNREACHED), stop(REGISTRY_DOWN)),
          row(2, saw(TLS), stop(REGISTRY_TLS)),
          row(2, saw(TLS_OUTDATED), again(REPEAT, 1, REGISTRY_TLS)),
          row(3, and(reading(), saw(CUT, SILENT)), again(SAME, REGISTRY_DOWN)),
          row(4, and(or(starting(), trying()), saw(CUT, SILENT)), again(SAME, REGISTRY_DOWN)),
          row(5, and(sending(), saw(CUT, SILENT)), again(BLOB, REGISTRY_DOWN).slowlyIfMany()),
          row(5, saw(LIMITED), otherwise(REGISTRY_DOWN)),
          row(6, and(storing(), saw(CUT, SILENT)), again(CHECK, REGISTRY_DOWN)),
          row(7, saw(DISCARDED), otherwise(PROXY_BODY_LIMIT)),
          row(10, and(saw(FORBIDDEN), doing(TOKEN).negate()), stop(REGISTRY_MISCONFIGURED)),
          row(15, saw(MISPLACED), again(BLOB, 2, RETRIES_EXHAUSTED)),
          row(21, saw(FORBIDDEN), stop(REGISTRY_AUTH)),
          row(25, saw(GARBAGE), again(REPEAT, 1, REGISTRY_MISCONFIGURED)),
          row(29, saw(HEADER_TOO_LONG), stop(REGISTRY_AUTH)),
          // -- what we found out by comparing
          row(38, saw(WRONG_SIZE), stop(REGISTRY_CORRUPT)),
          row(39, and(storing(), saw(ALTERED)), again(REPEAT, 2, REGISTRY_ALTERED)),
          row(39, saw(ALTERED), stop(REGISTRY_ALTERED)),
          row(40, saw(LOST), again(REPEAT, 2, REGISTRY_INCONSISTENT)),
          row(42, saw(SOURCE_UNREADABLE), again(SAME, 3, MEDIA_UNREADABLE)),
          row(43, saw(SOURCE_CHANGED), stop(CHANGED_DURING_READ)),
          // -- success, absence, and the way there; row 41: an error code in a 2xx is no success
          row(25, and(html(), fine()), stop(REGISTRY_MISCONFIGURED)),
          row(10, and(away(), withSession()), stop(REGISTRY_MISCONFIGURED)),
          row(7, and(or(doing(UPLOAD_PUT, BLOB_MOUNT), storing()), status(201, 204), mute()), ok()),
          row(7, and(doing(UPLOAD_PATCH), status(201, 202, 204), mute()), ok()),
          row(8, and(doing(UPLOAD_START, BLOB_MOUNT), status(202), mute()), ok()),
          row(8, and(trying(), status(200, 202, 204), mute()), ok()),
          row(8, and(doing(UPLOAD_STATUS), status(204)), ok()),
          row(7, and(reading(), status(200), mute()), ok()),
          row(7, and(doing(BLOB_PEEK), status(206, 416)), ok()),
          row(26, and(reading(), status(404), doing(PING, TOKEN).negate()), ok()),
          row(11, and(writing(), status(301, 302, 303)), stop(NAME_REJECTED)),
          // a registry that points to its storage has the blob; nobody unknown is contacted to ask
          row(
              10,
              and(doing(BLOB_CHECK, BLOB_PEEK, BLOB_GET), away(), status(302, 303, 307, 308)),
              ok()),
          row(10, away(), stop(REGISTRY_MISCONFIGURED)),
          row(9, status(301, 302, 303, 307, 308), follow()),
          // -- who we are
          row(
              33,
              or(status(429), code("TOOMANYREQUESTS")),
              again(REPEAT, REGISTRY_DOWN).free().slowly()),
          row(22, and(doing(TOKEN), between(500, 599)), again(SAME, REGISTRY_DOWN)),
          row(21, and(doing(TOKEN), saw(ANSWER)), stop(REGISTRY_AUTH)),
          row(21, and(status(401), renewed()), stop(REGISTRY_AUTH)),
          row(20, status(401), token()),
          // what else it says of a mount: it does not mount, and may still take the blob itself
          row(8, and(doing(BLOB_MOUNT), or(between(400, 499), status(500, 501, 505))), ok()),
          // whatever else it says of a session, it is not one to go on in
          row(13, and(doing(UPLOAD_STATUS), or(between(400, 499), status(501, 505))), ok()),
          row(27, and(doing(UPLOAD_PATCH), status(405)), otherwise(REGISTRY_READONLY)),
          row(27, and(writing(), status(405)), stop(REGISTRY_READONLY)),
          row(27, status(405), stop(REGISTRY_MISCONFIGURED)),
          row(21, and(DENIED, says("token has expired")), stop(REGISTRY_AUTH)), // ECR, 12 h
          row(23, and(or(DENIED, status(412)), says(QUOTA_WORDS)), stop(REGISTRY_QUOTA)),
          // Harbor: a policy of the project keeps what was stored from being pulled
          row(
              23,
              and(reading(), or(status(412), code("PROJECTPOLICYVIOLATION"))),
              stop(REGISTRY_DENIED)),
          row(23, and(DENIED, says(READONLY_WORDS)), stop(REGISTRY_READONLY)),
          row(23, DENIED, stop(REGISTRY_DENIED)),
          // -- statuses whose meaning no error code changes
          row(25, and(doing(PING), between(400, 499)), stop(REGISTRY_MISCONFIGURED)),
          row(30, and(status(413), sending()), otherwise(PROXY_BODY_LIMIT)),
          row(30, and(status(413), storing().negate()), stop(PROXY_BODY_LIMIT)),
          row(31, status(413), stop(MANIFEST_TOO_LARGE)),
          row(32, and(storing(), status(415)), stop(MEDIATYPE_REJECTED)),
          row(37, and(between(500, 599), says(FULL_WORDS)), stop(REGISTRY_FULL)),
          row(37, status(507), stop(REGISTRY_FULL)),
          // -- the registry's own words
          row(31, and(storing(), status(400), says("too large")), stop(MANIFEST_TOO_LARGE)),
          row(
              12,
              and(doing(UPLOAD_PUT), code("DIGEST_INVALID")),
              again(REHASH, 3, RETRIES_EXHAUSTED)),
          row(
              12,
              and(
                  doing(UPLOAD_PUT),
                  code("BLOB_UPLOAD_INVALID"),
                  says(CONTENT_WORDS),
                  says(SESSION_WORDS).negate()),
              again(REHASH, 2, RETRIES_EXHAUSTED)),
          row(
              13,
              and(sending(), code("BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID")),
              again(BLOB, 2, SESSION_AFFINITY)),
          row(14, code("SIZE_INVALID"), again(BLOB, 1, RETRIES_EXHAUSTED)),
          row(18, code("NAME_INVALID"), stop(NAME_REJECTED)),
          row(24, and(writing(), code("NAME_UNKNOWN")), stop(REPO_MISSING)),
          row(
              19,
              and(
                  storing(),
                  or(
                      and(doing(TAG_PUT), status(409, 412)),
                      code("TAG_IMMUTABLE"),
                      and(code("TAG_INVALID"), says("immutable")))),
              again(CHECK, 0, TAG_CONFLICT)),
          row(16, and(storing(), says("could not find child manifest")), stop(REFERENCE_UNKNOWN)),
          row(
              16,
              and(storing(), code("MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN", "MANIFEST_UNKNOWN")),
              stop(REFERENCE_UNKNOWN)),
          // Artifactory wraps the status of what is behind it
          row(17, and(code("MANIFEST_INVALID"), says(FORBIDDEN_WORDS)), stop(REGISTRY_DENIED)),
          row(17, and(code("MANIFEST_INVALID"), says(BREAKER_WORDS)), stop(REGISTRY_DOWN)),
          row(17, code("MANIFEST_INVALID"), again(CHECK, 1, RETRIES_EXHAUSTED)),
          // -- plain statuses
          row(13, and(sending(), status(404)), again(BLOB, 2, SESSION_AFFINITY)),
          row(18, and(starting(), status(404)), stop(NAME_REJECTED)),
          row(15, and(status(416), says(SIZE_WORDS)), otherwise(PROXY_BODY_LIMIT)),
          row(15, status(416), again(REPEAT, 2, RETRIES_EXHAUSTED)),
          row(28, status(408), again(REPEAT, REGISTRY_DOWN)),
          row(29, status(411, 414, 431), stop(RETRIES_EXHAUSTED)),
          row(35, status(BAD_GATEWAY), again(REPEAT, REGISTRY_DOWN).slowlyIfMany()),
          row(36, and(doing(UPLOAD_PATCH), status(501)), otherwise(REGISTRY_MISCONFIGURED)),
          row(36, status(501, 505), stop(REGISTRY_MISCONFIGURED)),
          row(
              34,
              and(between(500, 599), says("locked")),
              again(REPEAT, RETRIES_EXHAUSTED).slowly()), // Quay on SQLite
          row(34, between(500, 599), again(REPEAT, RETRIES_EXHAUSTED).slowlyIfMany()),
          row(41, code("UNAUTHORIZED"), stop(REGISTRY_AUTH)),
          row(41, anything(), again(REPEAT, 1, RETRIES_EXHAUSTED)));

  /** What the table says; there is a last row for everything. */
  public static Verdict classify(Fault fault) {
    for (Row row : ROWS) {
      if (row.when().test(fault)) {
        return new Verdict(row.number(), row.remedy().fitting(fault.operation()));
      }
    }
    throw new IllegalStateException("the last row takes everything: " + fault);
  }
}
