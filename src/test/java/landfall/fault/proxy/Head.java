package landfall.fault.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The first line and the fields of an HTTP request or answer; no lines at a connection's end. */
public record Head(List<String> lines) {
  static Head read(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    return new Head(lines);
  }

  /** Up to the next line feed, without its end. */
  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  boolean isEnd() {
    return lines.isEmpty();
  }

  /** A word of the first line, from 0. */
  public String word(int number) {
    return lines.get(0).split(" ", -1)[number];
  }

  public Optional<String> field(String name) {
    return lines.stream()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  /** Bytes of the body; -1 when it is not said. */
  public long length() {
    return field("content-length").map(Long::parseLong).orElse(-1L);
  }

  boolean isChunked() {
    return field("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent();
  }

  byte[] bytes() {
    return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1);
  }

  public Head with(String field) {
    List<String> more = new ArrayList<>(lines);
    more.add(field);
    return new Head(more);
  }

  byte[] without(String name) {
    return drop(name).bytes();
  }

  /** With this field instead of those of that name. */
  public Head set(String name, String value) {
    return new Head(others(name)).with(name + ": " + value);
  }

  /** Without the fields of that name. */
  public Head drop(String name) {
    return new Head(others(name));
  }

  /** Without what says that it comes in chunks. */
  Head chunkless() {
    return drop("transfer-encoding");
  }

  /** For another path. */
  Head to(String path) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(0, word(0) + " " + path + " " + word(2));
    return new Head(changed);
  }

  private List<String> others(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return lines.stream().filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(start)).toList();
  }
}
