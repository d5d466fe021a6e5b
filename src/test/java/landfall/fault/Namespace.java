package landfall.fault;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The network this process is in. In one that has nothing but loopback ({@code unshare -n}) the
 * system counts every attempt to reach anybody else, names to be resolved included.
 */
final class Namespace {
  private static final Path COUNTERS = Path.of("/proc/self/net/snmp");

  private Namespace() {}

  /** Whether there is nobody but this machine. */
  static boolean isAlone() throws IOException {
    return NetworkInterface.networkInterfaces().allMatch(Namespace::isLoopback);
  }

  private static boolean isLoopback(NetworkInterface each) {
    return each.getName().equals("lo");
  }

  /** Attempts since the network was made to reach somebody there is no way to. */
  static long strays() throws IOException {
    List<String[]> lines =
        Files.readAllLines(COUNTERS).stream()
            .filter(line -> line.startsWith("Ip:"))
            .map(line -> line.split(" "))
            .toList();
    return Long.parseLong(lines.get(1)[Arrays.asList(lines.get(0)).indexOf("OutNoRoutes")]);
  }
}
