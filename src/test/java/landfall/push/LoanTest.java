package landfall.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoanTest {
  private static final byte[] BLOB = "a blob".getBytes(StandardCharsets.UTF_8);

  private final Path work;

  LoanTest(@TempDir Path work) {
    this.work = work;
  }

  @Test
  void isLeftAloneByAnotherOfTheSameArchive() throws IOException {
    try (Loan first = new Loan(work, BLOB.length)) {
      fill(first);
      try (Loan second = new Loan(work, BLOB.length);
          OutputStream begun = second.open()) {
        begun.flush();
        assertThat(content(first)).isEqualTo(BLOB);
      }
      assertThat(content(first)).isEqualTo(BLOB);
    }
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void beginsAnewWhenItIsFilledAgain() throws IOException {
    try (Loan loan = new Loan(work, BLOB.length)) {
      fill(loan);
      fill(loan);
      assertThat(content(loan)).isEqualTo(BLOB);
    }
  }

  private static void fill(Loan loan) throws IOException {
    try (OutputStream out = loan.open()) {
      out.write(BLOB);
    }
  }

  private static byte[] content(Loan loan) throws IOException {
    try (InputStream in = loan.open(0)) {
      return in.readAllBytes();
    }
  }
}
