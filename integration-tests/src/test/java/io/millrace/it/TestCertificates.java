package io.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An authority nobody knows and a certificate of it for {@code 127.0.0.1}, but not for the name
 * {@code localhost}; made by the JDK's keytool.
 *
 * @param authority PEM file of the authority's certificate
 * @param certificate PEM file of the server's
 * @param key PEM file of the server's private key
 */
record TestCertificates(Path authority, Path certificate, Path key) {
  private static final String PASSWORD = "changeit";
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  static TestCertificates make(Path dir) throws Exception {
    Path store = dir.resolve("keys.p12");
    generate(store, "ca", "-ext", "bc:c");
    generate(store, "server", "-signer", "ca", "-ext", "san=ip:127.0.0.1");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new TestCertificates(
        pem(dir, "ca.pem", "CERTIFICATE", keys.getCertificate("ca").getEncoded()),
        pem(dir, "server.pem", "CERTIFICATE", keys.getCertificate("server").getEncoded()),
        pem(
            dir,
            "server.key",
            "PRIVATE KEY",
            keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
  }

  private static void generate(Path store, String alias, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-alias",
                alias));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }

  private static Path pem(Path dir, String name, String kind, byte[] content) throws IOException {
    return Files.writeString(
        dir.resolve(name),
        "-----BEGIN "
            + kind
            + "-----\n"
            + LINES.encodeToString(content)
            + "\n-----END "
            + kind
            + "-----\n");
  }

  /** What has a Redis talk TLS at a port of its own. */
  List<String> directives(int tlsPort) {
    return List.of(
        "tls-port " + tlsPort,
        "tls-cert-file " + certificate,
        "tls-key-file " + key,
        "tls-ca-cert-file " + authority,
        "tls-auth-clients no");
  }
}
