package landfall.wiring;

import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import landfall.folders.DataFolder;
import landfall.ledger.DataLock;
import landfall.rebuild.Rebuild;
import landfall.rebuild.Rebuilt;
import landfall.registry.HttpRegistry;
import landfall.registry.Registry;
import landfall.settings.Settings;
import landfall.target.Target;

/** A rebuild of the ledger, with everything it needs. */
public final class Rebuilding {
  private Rebuilding() {}

  /**
   * Rebuilds, if no other process works in the data folder.
   *
   * @throws IOException when folders cannot be read or written
   */
  public static Optional<Rebuilt> run(Settings settings) throws IOException {
    DataFolder folder = new DataFolder(settings.data(), settings.state());
    Optional<DataLock> lock = DataLock.take(settings.state());
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> addresses = new HashMap<>();
    Map<String, Registry> registries = new HashMap<>();
    try {
      for (Target target : settings.targets()) {
        addresses.put(target.name(), target.address());
        registries.put(target.name(), HttpRegistry.open(target));
      }
      return Optional.of(new Rebuild(folder, addresses, registries, Clock.systemUTC()).run());
    } finally {
      registries.values().forEach(Registry::close);
      lock.get().close();
    }
  }
}
