package landfall.ledger;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to the database. Damage closes it for good: who goes on writing into a damaged file
 * destroys what is left of it.
 */
final class Access {
  private static final Logger LOG = LoggerFactory.getLogger(Access.class);

  private final Jdbi jdbi;
  private final Path file;
  private final boolean writer;
  private volatile @Nullable LedgerFault damage;
  private volatile Consumer<LedgerFault> listener = any -> {};

  /**
   * @param writer whether the process that has it does the work
   */
  Access(Jdbi jdbi, Path file, boolean writer) {
    this.jdbi = jdbi;
    this.file = file;
    this.writer = writer;
  }

  <R> R withHandle(HandleCallback<R, RuntimeException> work) {
    return guarded(() -> jdbi.withHandle(work));
  }

  <R> R inTransaction(HandleCallback<R, RuntimeException> work) {
    return guarded(() -> jdbi.inTransaction(work));
  }

  void useTransaction(HandleConsumer<RuntimeException> work) {
    inTransaction(work.asCallback());
  }

  /** Makes several calls one transaction; what they throw besides is not the database's fault. */
  void together(Runnable calls) {
    jdbi.useTransaction(handle -> calls.run());
  }

  /** Tells once, when damage is met. */
  void onDamage(Consumer<LedgerFault> told) {
    listener = told;
  }

  private <R> R guarded(Supplier<R> work) {
    LedgerFault known = damage;
    if (known != null) {
      throw known;
    }
    try {
      return work.get();
    } catch (JdbiException failed) {
      if (LedgerFault.damageIn(failed).isEmpty()) {
        throw failed;
      }
      throw close(LedgerFault.damageIn(failed).get());
    } catch (IllegalArgumentException | IllegalStateException unreadable) {
      throw close(unreadable); // a value that was never written so
    }
  }

  private synchronized LedgerFault close(Throwable found) {
    LedgerFault known = damage;
    if (known != null) {
      return known;
    }
    LedgerFault fault = LedgerFault.damaged(file, found, writer);
    damage = fault;
    if (writer) {
      LOG.error("{}; nothing more is written", fault.getMessage());
    }
    listener.accept(fault);
    return fault;
  }
}
