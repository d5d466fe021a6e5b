package landfall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import landfall.folders.DataFolder;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DataLock;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.State;
import landfall.report.Receipt;
import landfall.report.Receipts;
import landfall.settings.Settings;

/** The ledger, read by a command while a service may be working. */
final class Facts implements AutoCloseable {
  private final Ledger ledger;
  private final DataFolder folder;

  private Facts(Ledger ledger, DataFolder folder) {
    this.ledger = ledger;
    this.folder = folder;
  }

  /** Empty when nothing has ever been ingested there. */
  static Optional<Facts> of(Settings settings) {
    refuseOtherUser(settings);
    DataFolder folder = new DataFolder(settings.data(), settings.state());
    return Ledger.exists(folder)
        ? Optional.of(new Facts(Ledger.join(settings.state(), Clock.systemUTC()), folder))
        : Optional.empty();
  }

  /** What another user writes into the data folder, the service could not change any more. */
  static void refuseOtherUser(Settings settings) {
    Path ledger = Ledger.file(settings.state());
    Path owned = Files.exists(ledger) ? ledger : settings.state();
    String user = System.getProperty("user.name", "");
    try {
      String owner = Files.exists(owned) ? Files.getOwner(owned).getName() : user;
      if (!owner.equals(user)) {
        throw new UsageException(
            settings.data()
                + " belongs to user "
                + owner
                + "; run: sudo -u "
                + owner
                + " landfall …");
      }
    } catch (IOException unreadable) {
      throw new UsageException(
          settings.data() + " cannot be read by user " + user + ": " + unreadable.getMessage());
    }
  }

  static Facts required(Settings settings) {
    return of(settings)
        .orElseThrow(
            () ->
                new UsageException(
                    "nothing has been ingested into "
                        + settings.data()
                        + " yet; is --data right?"));
  }

  Ledger ledger() {
    return ledger;
  }

  DataFolder folder() {
    return folder;
  }

  /** The archive that a unique prefix of its id or SHA-256 names. */
  ArchiveRow archive(String prefix) {
    List<ArchiveRow> found = ledger.archives().byPrefix(prefix);
    if (found.isEmpty()) {
      throw new UsageException("there is no archive whose id or SHA-256 starts with " + prefix);
    }
    if (found.size() > 1) {
      throw new UsageException(
          prefix
              + " names several archives: "
              + found.stream().limit(10).map(ArchiveRow::id).collect(Collectors.joining(", ")));
    }
    return found.get(0);
  }

  /** Whether a process works in the data folder; who may not find out is told that one does. */
  boolean isWorkedOn() {
    try {
      return DataLock.isTaken(folder.state());
    } catch (IOException unknown) {
      return true;
    }
  }

  State state(ArchiveRow archive) {
    return State.worst(deliveries(archive).stream().map(DeliveryRow::state).toList());
  }

  List<DeliveryRow> deliveries(ArchiveRow archive) {
    return ledger.deliveries().of(archive.id());
  }

  Receipt receipt(ArchiveRow archive) {
    return new Receipts(ledger, folder, Clock.systemUTC()).of(archive);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
