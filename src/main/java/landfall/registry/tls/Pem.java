package landfall.registry.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Parked;

/** A PEM file of an operator, whose mistakes are named. */
record Pem(Path file, List<Block> blocks) {
  private static final long LARGEST = 4 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /** One armoured block: its label and its Base64. */
  record Block(String label, String base64) {
    private byte[] der() {
      return Base64.getMimeDecoder().decode(base64);
    }
  }

  static Pem read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw unusable(file, "is larger than a PEM file can be");
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      List<Block> blocks = new ArrayList<>();
      Matcher block = BLOCK.matcher(text);
      while (block.find()) {
        blocks.add(new Block(block.group(1), block.group(2)));
      }
      return new Pem(file, List.copyOf(blocks));
    } catch (IOException unreadable) {
      throw unusable(file, "cannot be read (" + unreadable.getClass().getSimpleName() + ")");
    }
  }

  List<X509Certificate> certificates() {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> certificates = new ArrayList<>();
      for (Block block : blocks) {
        if (block.label().endsWith("CERTIFICATE")) {
          ByteArrayInputStream der = new ByteArrayInputStream(block.der());
          certificates.add((X509Certificate) factory.generateCertificate(der));
        }
      }
      if (certificates.isEmpty()) {
        throw unusable(file, "holds no certificate");
      }
      return certificates;
    } catch (GeneralSecurityException | IllegalArgumentException garbled) {
      throw unusable(file, "holds a certificate that cannot be understood");
    }
  }

  PrivateKey key() {
    for (Block block : blocks) {
      if (block.label().equals("PRIVATE KEY")) {
        return key(block.der());
      }
      if (block.label().equals("RSA PRIVATE KEY") && !block.base64().contains("DEK-Info")) {
        return key(Pkcs1.wrap(block.der()));
      }
      if (block.label().endsWith("PRIVATE KEY")) {
        throw unusable(
            file,
            "holds a key of kind '"
                + block.label()
                + "'; write it without a password as PKCS#8 (openssl pkcs8 -topk8 -nocrypt)");
      }
    }
    throw unusable(file, "holds no private key");
  }

  private PrivateKey key(byte[] pkcs8) {
    return Stream.of("RSA", "EC", "EdDSA")
        .map(algorithm -> key(algorithm, pkcs8))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> unusable(file, "holds a key that is neither RSA, EC nor EdDSA"));
  }

  private static Optional<PrivateKey> key(String algorithm, byte[] pkcs8) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException anotherKind) {
      return Optional.empty();
    }
  }

  static Parked unusable(Path file, String why) {
    return new Parked(Code.REGISTRY_TLS, "PEM file " + file + " " + why);
  }
}
