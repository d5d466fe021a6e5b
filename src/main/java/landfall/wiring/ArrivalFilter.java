package landfall.wiring;

import java.nio.file.Path;
import landfall.arrive.Arrivals;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/** Lets the file endpoint see one file of each archive that is complete and not yet taken. */
final class ArrivalFilter implements GenericFileFilter<Object> {
  private final Arrivals arrivals;

  ArrivalFilter(Arrivals arrivals) {
    this.arrivals = arrivals;
  }

  @Override
  public boolean accept(GenericFile<Object> file) {
    return arrivals.ready(Path.of(file.getAbsoluteFilePath())) || file.isDirectory();
  }
}
