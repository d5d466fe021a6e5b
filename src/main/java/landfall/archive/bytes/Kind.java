package landfall.archive.bytes;

/** What a file is by its first bytes; its name says nothing. */
public enum Kind {
  GZIP("gzip", 0, "\u001f\u008b"),
  ZSTD("zstd", 0, "(\u00b5/\u00fd"),
  TAR("tar", 257, "ustar"),
  ZIP("a zip file", 0, "PK\u0003\u0004"),
  EMPTY_ZIP("an empty zip file", 0, "PK\u0005\u0006"),
  PDF("a PDF document", 0, "%PDF-"),
  XZ("an xz file", 0, "\u00fd7zXZ\u0000"),
  BZIP2("a bzip2 file", 0, "BZh"),
  LZ4("an lz4 file", 0, "\u0004\"M\u0018"),
  LZIP("an lzip file", 0, "LZIP"),
  SEVEN_ZIP("a 7z file", 0, "7z\u00bc\u00af'\u001c"),
  RAR("a rar file", 0, "Rar!\u001a\u0007"),
  RPM("an RPM package", 0, "\u00ed\u00ab\u00ee\u00db"),
  DEB("a Debian package or ar archive", 0, "!<arch>\n"),
  CPIO("a cpio archive", 0, "07070"),
  ELF("a Linux program (ELF)", 0, "\u007fELF"),
  PE("a Windows program", 0, "MZ"),
  CABINET("a cabinet file", 0, "MSCF"),
  SQLITE("an SQLite database", 0, "SQLite format 3\u0000"),
  QCOW2("a qcow2 disk image", 0, "QFI\u00fb"),
  SQUASHFS("a squashfs image", 0, "hsqs"),
  LUKS("a LUKS volume", 0, "LUKS\u00ba\u00be"),
  OPENSSL("a file encrypted by openssl", 0, "Salted__"),
  AGE("a file encrypted by age", 0, "age-encryption.org/"),
  PGP("a PGP message", 0, "-----BEGIN PGP"),
  PEM("a PEM file", 0, "-----BEGIN"),
  HTML("an HTML page", 0, "<!DOCTYPE"),
  XML("an XML document", 0, "<?xml"),
  JSON("a JSON document", 0, "{"),
  ISO("an ISO image", 32769, "CD001"),
  UNKNOWN("no format known here", 0, "");

  private final String words;
  private final int offset;
  private final String magic;

  Kind(String words, int offset, String magic) {
    this.words = words;
    this.offset = offset;
    this.magic = magic;
  }

  /** What lies ahead, by its magic bytes; a tar without any is UNKNOWN. */
  public static Kind of(Window ahead) {
    if (Unzstd.begins(ahead)) {
      return ZSTD;
    }
    for (Kind kind : values()) {
      if (kind.matches(ahead)) {
        return kind;
      }
    }
    return UNKNOWN;
  }

  /** As a person would say it. */
  public String words() {
    return words;
  }

  private boolean matches(Window ahead) {
    if (!ahead.has(offset + magic.length())) {
      return false;
    }
    for (int i = 0; i < magic.length(); i++) {
      if ((ahead.bytes()[ahead.at() + offset + i] & 0xff) != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
