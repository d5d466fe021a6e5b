package landfall.campaign;

/** Answers of registries that refuse something, as they come over the wire. */
final class Answers {
  private Answers() {}

  static String unauthorized() {
    return answer(
        "401 Unauthorized", "WWW-Authenticate: Basic realm=\"site\"\r\n", "UNAUTHORIZED", "who?");
  }

  static String denied(String words) {
    return answer("403 Forbidden", "", "DENIED", words);
  }

  private static String answer(String status, String fields, String code, String words) {
    String body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + words + "\"}]}";
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + fields
        + "Content-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
