package landfall.wiring;

import java.nio.file.Path;
import landfall.arrive.Arrivals;
import landfall.dispatch.Complaints;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/** Lets the file endpoint see one file of each archive that is complete and not yet taken. */
final class ArrivalFilter implements GenericFileFilter<Object> {
  private final Arrivals arrivals;
  private final Complaints complaints;

  ArrivalFilter(Arrivals arrivals, Complaints complaints) {
    this.arrivals = arrivals;
    this.complaints = complaints;
  }

  /** A look that fails, as on a full disk of the ledger, is repeated at the next poll. */
  @Override
  public boolean accept(GenericFile<Object> file) {
    try {
      return arrivals.ready(Path.of(file.getAbsoluteFilePath())) || file.isDirectory();
    } catch (RuntimeException failed) {
      complaints.say("arrive", failed);
      return file.isDirectory();
    }
  }
}
