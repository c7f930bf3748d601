package io.millrace.features.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/** The authorities whose certificates a Redis may show, from PEM text. */
final class CaCertificates {
  private CaCertificates() {}

  /**
   * Reads certificates.
   *
   * @throws IllegalArgumentException if there is none, or something that is none
   */
  static Collection<? extends Certificate> parse(String pem) {
    Collection<? extends Certificate> certificates;
    try {
      certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    } catch (CertificateException e) {
      throw notPem(e);
    }
    if (certificates.isEmpty()) {
      throw notPem(null);
    }
    return certificates;
  }

  private static IllegalArgumentException notPem(CertificateException cause) {
    return new IllegalArgumentException(
        "the certificates to trust are not PEM text; give -----BEGIN CERTIFICATE----- and what"
            + " belongs to it, one after the other",
        cause);
  }

  /** A PKCS12 store with nothing but these certificates. */
  static byte[] trustStore(String pem, String password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : parse(pem)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, password.toCharArray());
      return bytes.toByteArray();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JDK cannot keep certificates in a PKCS12 store", e);
    }
  }
}
