package landfall.registry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import landfall.failure.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTableTest {

  @ParameterizedTest
  @CsvSource({
    // row, what was seen, of what, what is done, how often, how it ends
    "1, REFUSED, PING, SAME, 2, REGISTRY_DOWN",
    "1, REFUSED, UPLOAD_PUT, SAME, 2, REGISTRY_DOWN",
    "1, UNREACHED, BLOB_CHECK, STOP, 0, REGISTRY_DOWN",
    "2, TLS, MANIFEST_PUT, STOP, 0, REGISTRY_TLS",
    "2, TLS_OUTDATED, MANIFEST_PUT, CHECK, 1, REGISTRY_TLS",
    "2, TLS_OUTDATED, UPLOAD_PATCH, BLOB, 1, REGISTRY_TLS",
    "3, CUT, BLOB_CHECK, SAME, 6, REGISTRY_DOWN",
    "3, SILENT, MANIFEST_GET, SAME, 6, REGISTRY_DOWN",
    "3, CUT, TOKEN, SAME, 6, REGISTRY_DOWN",
    "4, CUT, UPLOAD_START, SAME, 6, REGISTRY_DOWN",
    "4, CUT, BLOB_MOUNT, SAME, 6, REGISTRY_DOWN",
    "5, CUT, UPLOAD_PUT, BLOB, 6, REGISTRY_DOWN",
    "5, SILENT, UPLOAD_PUT, BLOB, 6, REGISTRY_DOWN",
    "5, CUT, UPLOAD_PATCH, BLOB, 6, REGISTRY_DOWN",
    "5, LIMITED, UPLOAD_PUT, OTHERWISE, 24, REGISTRY_DOWN",
    "6, CUT, MANIFEST_PUT, CHECK, 6, REGISTRY_DOWN",
    "6, SILENT, MANIFEST_PUT, CHECK, 6, REGISTRY_DOWN",
    "7, DISCARDED, UPLOAD_PATCH, OTHERWISE, 24, PROXY_BODY_LIMIT",
    "10, FORBIDDEN, UPLOAD_PATCH, STOP, 0, REGISTRY_MISCONFIGURED",
    "15, MISPLACED, UPLOAD_PATCH, BLOB, 2, RETRIES_EXHAUSTED",
    "21, FORBIDDEN, TOKEN, STOP, 0, REGISTRY_AUTH",
    "29, HEADER_TOO_LONG, BLOB_CHECK, STOP, 0, REGISTRY_AUTH",
    "25, GARBAGE, PING, SAME, 1, REGISTRY_MISCONFIGURED",
    "38, WRONG_SIZE, BLOB_CHECK, STOP, 0, REGISTRY_CORRUPT",
    "39, ALTERED, MANIFEST_PUT, CHECK, 2, REGISTRY_ALTERED",
    "39, ALTERED, BLOB_GET, STOP, 0, REGISTRY_ALTERED",
    "40, LOST, MANIFEST_PUT, CHECK, 2, REGISTRY_INCONSISTENT",
    "42, SOURCE_UNREADABLE, UPLOAD_PUT, SAME, 3, MEDIA_UNREADABLE",
    "43, SOURCE_CHANGED, UPLOAD_PUT, STOP, 0, CHANGED_DURING_READ",
  })
  void knowsWhatToDoWithoutAnAnswer(
      int row, Signal signal, Operation operation, Act act, int times, Code end) {
    FaultTable.Verdict verdict = FaultTable.classify(Fault.of(operation, signal, "seen"));

    assertThat(verdict.row()).isEqualTo(row);
    assertThat(verdict.remedy().act()).isEqualTo(act);
    assertThat(verdict.remedy().times()).isEqualTo(times);
    assertThat(verdict.remedy().end()).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 201, UPLOAD_PUT",
    "7, 204, UPLOAD_PUT",
    "7, 201, BLOB_MOUNT",
    "7, 201, UPLOAD_PATCH",
    "7, 202, UPLOAD_PATCH",
    "8, 202, TRIAL_PATCH",
    "7, 201, MANIFEST_PUT",
    "7, 200, MANIFEST_GET",
    "7, 200, PING",
    "7, 200, TOKEN",
    "8, 202, BLOB_MOUNT",
    "8, 202, UPLOAD_START",
    "7, 200, BLOB_GET",
    "26, 404, BLOB_GET",
    "26, 404, BLOB_CHECK",
    "26, 404, MANIFEST_CHECK",
    "26, 404, MANIFEST_GET",
  })
  void knowsSuccess(int row, int status, Operation operation) {
    FaultTable.Verdict verdict = FaultTable.classify(Fault.of(operation, Reply.status(status, "")));

    assertThat(verdict.row()).isEqualTo(row);
    assertThat(verdict.remedy().act()).isEqualTo(Act.OK);
  }

  @ParameterizedTest
  @CsvSource({
    // row, status, error code, text, of what, what is done, how often, how it ends
    "9, 307, '', '', UPLOAD_PUT, FOLLOW, 0, REGISTRY_MISCONFIGURED",
    "9, 308, '', '', MANIFEST_PUT, FOLLOW, 0, REGISTRY_MISCONFIGURED",
    "9, 302, '', '', MANIFEST_GET, FOLLOW, 0, REGISTRY_MISCONFIGURED",
    "11, 301, '', '', UPLOAD_START, STOP, 0, NAME_REJECTED",
    "11, 302, '', '', MANIFEST_PUT, STOP, 0, NAME_REJECTED",
    "11, 303, '', '', UPLOAD_PUT, STOP, 0, NAME_REJECTED",
    "12, 400, DIGEST_INVALID, '', UPLOAD_PUT, REHASH, 3, RETRIES_EXHAUSTED",
    "13, 404, BLOB_UPLOAD_UNKNOWN, '', UPLOAD_PUT, BLOB, 2, SESSION_AFFINITY",
    "13, 400, BLOB_UPLOAD_INVALID, '', UPLOAD_PUT, BLOB, 2, SESSION_AFFINITY",
    "12, 400, BLOB_UPLOAD_INVALID, 'Invalid docker content', UPLOAD_PUT, REHASH, 2, RETRIES_EXHAUSTED",
    "12, 400, BLOB_UPLOAD_INVALID, 'size does not fit', UPLOAD_PUT, REHASH, 2, RETRIES_EXHAUSTED",
    "13, 400, BLOB_UPLOAD_INVALID, 'blob upload invalid', UPLOAD_PUT, BLOB, 2, SESSION_AFFINITY",
    "13, 400, BLOB_UPLOAD_INVALID, 'content of session expired', UPLOAD_PUT, BLOB, 2, SESSION_AFFINITY",
    "13, 400, BLOB_UPLOAD_INVALID, 'invalid content range', UPLOAD_PUT, BLOB, 2, SESSION_AFFINITY",
    "13, 404, BLOB_UPLOAD_UNKNOWN, 'no content', UPLOAD_PUT, BLOB, 2, SESSION_AFFINITY",
    "13, 400, BLOB_UPLOAD_INVALID, 'invalid content', UPLOAD_PATCH, BLOB, 2, SESSION_AFFINITY",
    "13, 404, '', '', UPLOAD_PUT, BLOB, 2, SESSION_AFFINITY",
    "14, 400, SIZE_INVALID, '', UPLOAD_PUT, BLOB, 1, RETRIES_EXHAUSTED",
    "13, 404, BLOB_UPLOAD_UNKNOWN, '', UPLOAD_PATCH, BLOB, 2, SESSION_AFFINITY",
    "13, 404, '', '', UPLOAD_PATCH, BLOB, 2, SESSION_AFFINITY",
    "15, 416, '', '', UPLOAD_PUT, BLOB, 2, RETRIES_EXHAUSTED",
    "15, 416, '', 'range out of order', UPLOAD_PATCH, BLOB, 2, RETRIES_EXHAUSTED",
    "15, 416, '', 'exceeds maximum permissible size', UPLOAD_PATCH, OTHERWISE, 24, PROXY_BODY_LIMIT",
    "16, 400, MANIFEST_BLOB_UNKNOWN, '', MANIFEST_PUT, STOP, 0, REFERENCE_UNKNOWN",
    "16, 404, BLOB_UNKNOWN, '', MANIFEST_PUT, STOP, 0, REFERENCE_UNKNOWN",
    "16, 400, MANIFEST_INVALID, 'Could not find child manifest', MANIFEST_PUT, STOP, 0, REFERENCE_UNKNOWN",
    "17, 400, MANIFEST_INVALID, 'HTTP 403 Forbidden', MANIFEST_PUT, STOP, 0, REGISTRY_DENIED",
    "17, 400, MANIFEST_INVALID, 'Circuit Breaker Threshold Reached', MANIFEST_PUT, STOP, 0, REGISTRY_DOWN",
    "17, 400, MANIFEST_INVALID, 'sha256:403503', MANIFEST_PUT, CHECK, 1, RETRIES_EXHAUSTED",
    "18, 400, NAME_INVALID, '', UPLOAD_START, STOP, 0, NAME_REJECTED",
    "18, 404, '', '404 page not found', UPLOAD_START, STOP, 0, NAME_REJECTED",
    "19, 400, TAG_INVALID, 'tag is immutable', MANIFEST_PUT, CHECK, 0, TAG_CONFLICT",
    "19, 409, TAG_IMMUTABLE, '', MANIFEST_PUT, CHECK, 0, TAG_CONFLICT",
    "19, 409, '', '', TAG_PUT, CHECK, 0, TAG_CONFLICT",
    "19, 412, '', '', TAG_PUT, CHECK, 0, TAG_CONFLICT",
    "41, 412, '', '', MANIFEST_PUT, CHECK, 1, RETRIES_EXHAUSTED",
    "23, 412, '', 'adding 1 MiB would exceed the quota', MANIFEST_PUT, STOP, 0, REGISTRY_QUOTA",
    "23, 412, PROJECTPOLICYVIOLATION, '', MANIFEST_GET, STOP, 0, REGISTRY_DENIED",
    "27, 405, '', '', BLOB_CHECK, STOP, 0, REGISTRY_MISCONFIGURED",
    "21, 401, '', '', TOKEN, STOP, 0, REGISTRY_AUTH",
    "21, 403, '', '', TOKEN, STOP, 0, REGISTRY_AUTH",
    "21, 404, '', '', TOKEN, STOP, 0, REGISTRY_AUTH",
    "21, 401, UNAUTHORIZED, 'project not found', UPLOAD_START, STOP, 0, REGISTRY_AUTH",
    "22, 503, '', '', TOKEN, SAME, 6, REGISTRY_DOWN",
    "22, 500, '', '', TOKEN, SAME, 6, REGISTRY_DOWN",
    "23, 403, DENIED, 'quota exceeded', UPLOAD_PUT, STOP, 0, REGISTRY_QUOTA",
    "23, 403, DENIED, 'system is in read only mode', MANIFEST_PUT, STOP, 0, REGISTRY_READONLY",
    "23, 403, DENIED, '', BLOB_CHECK, STOP, 0, REGISTRY_DENIED",
    "23, 400, DENIED, 'no', UPLOAD_START, STOP, 0, REGISTRY_DENIED",
    "24, 404, NAME_UNKNOWN, '', UPLOAD_START, STOP, 0, REPO_MISSING",
    "25, 404, '', '', PING, STOP, 0, REGISTRY_MISCONFIGURED",
    "25, 400, '', 'plain HTTP to an HTTPS server', PING, STOP, 0, REGISTRY_MISCONFIGURED",
    "27, 405, UNSUPPORTED, '', UPLOAD_START, STOP, 0, REGISTRY_READONLY",
    "27, 405, DENIED, '', MANIFEST_PUT, STOP, 0, REGISTRY_READONLY",
    "27, 405, UNSUPPORTED, '', UPLOAD_PATCH, OTHERWISE, 24, REGISTRY_READONLY",
    "28, 408, '', '', UPLOAD_PUT, BLOB, 6, REGISTRY_DOWN",
    "28, 408, '', '', MANIFEST_PUT, CHECK, 6, REGISTRY_DOWN",
    "28, 408, '', '', BLOB_CHECK, SAME, 6, REGISTRY_DOWN",
    "37, 500, UNKNOWN, 'unknown error {\"Op\":\"write\",\"Err\":28}', UPLOAD_START, STOP, 0, REGISTRY_FULL",
    "34, 500, UNKNOWN, 'unknown error {\"Op\":\"write\",\"Err\":5}', UPLOAD_START, SAME, 6, RETRIES_EXHAUSTED",
    "29, 411, '', '', MANIFEST_PUT, STOP, 0, RETRIES_EXHAUSTED",
    "29, 414, '', '', MANIFEST_PUT, STOP, 0, RETRIES_EXHAUSTED",
    "29, 431, '', '', MANIFEST_PUT, STOP, 0, RETRIES_EXHAUSTED",
    "30, 413, '', '', UPLOAD_PUT, OTHERWISE, 24, PROXY_BODY_LIMIT",
    "30, 413, '', '', UPLOAD_PATCH, OTHERWISE, 24, PROXY_BODY_LIMIT",
    "30, 413, '', '', UPLOAD_START, STOP, 0, PROXY_BODY_LIMIT",
    "35, 502, '', '', UPLOAD_PATCH, BLOB, 6, REGISTRY_DOWN",
    "36, 501, '', '', UPLOAD_PATCH, OTHERWISE, 24, REGISTRY_MISCONFIGURED",
    "31, 413, '', '', MANIFEST_PUT, STOP, 0, MANIFEST_TOO_LARGE",
    "31, 400, MANIFEST_INVALID, 'request body too large', MANIFEST_PUT, STOP, 0, MANIFEST_TOO_LARGE",
    "32, 415, MANIFEST_INVALID, '', MANIFEST_PUT, STOP, 0, MEDIATYPE_REJECTED",
    "33, 429, '', '', UPLOAD_PUT, BLOB, 6, REGISTRY_DOWN",
    "33, 429, '', '', TOKEN, SAME, 6, REGISTRY_DOWN",
    "33, 200, TOOMANYREQUESTS, '', MANIFEST_CHECK, SAME, 6, REGISTRY_DOWN",
    "34, 500, UNKNOWN, '', UPLOAD_PUT, BLOB, 6, RETRIES_EXHAUSTED",
    "34, 500, '', '', MANIFEST_PUT, CHECK, 6, RETRIES_EXHAUSTED",
    "34, 500, '', '', UPLOAD_START, SAME, 6, RETRIES_EXHAUSTED",
    "35, 502, '', '', UPLOAD_PUT, BLOB, 6, REGISTRY_DOWN",
    "35, 503, '', '', MANIFEST_PUT, CHECK, 6, REGISTRY_DOWN",
    "35, 504, '', '', BLOB_CHECK, SAME, 6, REGISTRY_DOWN",
    "35, 524, '', '', BLOB_CHECK, SAME, 6, REGISTRY_DOWN",
    "36, 501, '', '', UPLOAD_START, STOP, 0, REGISTRY_MISCONFIGURED",
    "36, 505, '', '', UPLOAD_START, STOP, 0, REGISTRY_MISCONFIGURED",
    "37, 507, '', '', UPLOAD_PUT, STOP, 0, REGISTRY_FULL",
    "37, 500, UNKNOWN, 'write /data: no space left on device', UPLOAD_PUT, STOP, 0, REGISTRY_FULL",
    "41, 201, UNKNOWN, '', UPLOAD_PUT, BLOB, 1, RETRIES_EXHAUSTED",
    "41, 200, UNAUTHORIZED, '', MANIFEST_GET, STOP, 0, REGISTRY_AUTH",
    "41, 418, '', '', MANIFEST_PUT, CHECK, 1, RETRIES_EXHAUSTED",
  })
  void knowsWhatToDoAboutAnAnswer(
      int row,
      int status,
      String code,
      String text,
      Operation operation,
      Act act,
      int times,
      Code end) {
    Reply reply = code.isEmpty() ? Reply.status(status, text) : Reply.status(status, text, code);

    FaultTable.Verdict verdict = FaultTable.classify(Fault.of(operation, reply));

    assertThat(verdict.row()).isEqualTo(row);
    assertThat(verdict.remedy().act()).isEqualTo(act);
    assertThat(verdict.remedy().times()).isEqualTo(times);
    assertThat(verdict.remedy().end()).isEqualTo(end);
  }

  @Test
  void renewsCredentialsOnceWhenARegistrySaysHowToLogIn() {
    Fault first = Fault.of(Operation.UPLOAD_PUT, reply(401, false, true, false));

    assertThat(FaultTable.classify(first).remedy().act()).isEqualTo(Act.TOKEN);
    assertThat(FaultTable.classify(first).row()).isEqualTo(20);
    assertThat(FaultTable.classify(first.afterRenewal()).remedy().end())
        .isEqualTo(Code.REGISTRY_AUTH);
    assertThat(FaultTable.classify(first.afterRenewal()).row()).isEqualTo(21);
  }

  @Test
  void goesNowhereElse() {
    assertThat(ending(Operation.UPLOAD_START, reply(202, false, false, true)))
        .isEqualTo(Code.REGISTRY_MISCONFIGURED);
    assertThat(ending(Operation.MANIFEST_GET, reply(307, false, false, true)))
        .isEqualTo(Code.REGISTRY_MISCONFIGURED);
    assertThat(ending(Operation.PING, reply(301, false, false, true)))
        .isEqualTo(Code.REGISTRY_MISCONFIGURED);
    assertThat(ending(Operation.UPLOAD_PUT, reply(307, false, false, true)))
        .isEqualTo(Code.REGISTRY_MISCONFIGURED);
  }

  @Test
  void takesAPointerToTheStorageForTheBlob() {
    Fault fault = Fault.of(Operation.BLOB_CHECK, reply(307, false, false, true));

    assertThat(FaultTable.classify(fault).remedy().act()).isEqualTo(Act.OK);
    assertThat(FaultTable.classify(fault).row()).isEqualTo(10);
  }

  @Test
  void takesNoWebPageForSuccess() {
    assertThat(ending(Operation.PING, reply(200, true, false, false)))
        .isEqualTo(Code.REGISTRY_MISCONFIGURED);
    assertThat(ending(Operation.MANIFEST_GET, reply(200, true, false, false)))
        .isEqualTo(Code.REGISTRY_MISCONFIGURED);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void hasAnAnswerToEverything(Operation operation) {
    assertThat(IntStream.range(100, 600))
        .allSatisfy(
            status ->
                assertThat(FaultTable.classify(Fault.of(operation, Reply.status(status, ""))).row())
                    .isPositive());
    assertThat(Signal.values())
        .allSatisfy(
            signal ->
                assertThat(FaultTable.classify(Fault.of(operation, signal, "")).row())
                    .isPositive());
  }

  @Test
  void hasEveryRowThatConcernsARequest() {
    List<Integer> numbers =
        FaultTable.ROWS.stream().map(FaultTable.Row::number).distinct().sorted().toList();
    List<Integer> wanted =
        IntStream.concat(IntStream.rangeClosed(1, 41), IntStream.of(42, 43))
            .boxed()
            .collect(Collectors.toList());

    assertThat(numbers).isEqualTo(wanted);
  }

  @Test
  void readsAsATable() throws IOException {
    String table =
        FaultTable.ROWS.stream()
            .map(FaultTable.Row::toString)
            .collect(Collectors.joining("\n", "row | what was seen | what is done\n", "\n"));

    assertThat(Path.of("src/test/resources/golden/fault-table.txt")).hasContent(table);
  }

  private static Code ending(Operation operation, Reply reply) {
    return FaultTable.classify(Fault.of(operation, reply)).remedy().end();
  }

  private static Reply reply(int status, boolean html, boolean challenged, boolean away) {
    return new Reply(status, List.of(), "", html, challenged, away, Optional.<Duration>empty());
  }
}
