package dev.assay.network.web;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.value.Secret;
import dev.assay.api.value.Size;
import dev.assay.api.value.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes the proxy of a company's network of what is written about it. */
public final class CompanyProxy {

  private CompanyProxy() {}

  /** Reports what the types of the components cannot say. */
  public static void validate(
      WebProxyConfiguration written, Place place, Consumer<Problem> problems) {
    try {
      BlockList.parse(written.block());
    } catch (IllegalArgumentException e) {
      problems.accept(
          WebProblems.RULE.at(
              place,
              String.valueOf(e.getMessage()),
              "write what is blocked in one of those forms"));
    }
    if ((written.user() == null) != (written.password() == null)) {
      problems.accept(
          WebProblems.RULE.at(
              place, "a user comes with a password", "give both `user` and `password`, or none"));
    }
    if (!written.interceptTls() && (written.certificate() != null || written.trust() != null)) {
      problems.accept(
          WebProblems.RULE.at(
              place,
              "`certificate` and `trust` are for a proxy that opens TLS",
              "add `intercept tls: true`, or leave them out"));
    }
  }

  /**
   * What the proxy is, ready to start; writes the certificate of the test CA where one is wanted.
   *
   * @param fill fills templates
   * @param folder what files are relative to
   * @param now the time, for certificates
   * @param place where it is written
   * @throws ProblemException {@code ASSAY-NETWORK-050} for rules that are none, {@code
   *     ASSAY-NETWORK-051} for files that cannot be used
   */
  public static WebProxy.Setup setup(
      WebProxyConfiguration written,
      Function<Template, String> fill,
      Path folder,
      Instant now,
      Place place) {
    List<Problem> problems = new ArrayList<>();
    validate(written, place, problems::add);
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    Size largest = written.largestBody();
    WebProxyRules rules =
        new WebProxyRules(
            credentials(written, fill, place),
            BlockList.parse(written.block()),
            written.blockWith(),
            written.websockets(),
            written.answerAfter(),
            largest == null ? OptionalLong.empty() : OptionalLong.of(largest.bytes()));
    WebProxy.Setup setup = WebProxy.Setup.OPEN.withRules(rules);
    return written.interceptTls()
        ? setup.withInterception(interception(written, folder, now, place))
        : setup;
  }

  private static Optional<Credentials> credentials(
      WebProxyConfiguration written, Function<Template, String> fill, Place place) {
    Template user = written.user();
    Template password = written.password();
    if (user == null || password == null) {
      return Optional.empty();
    }
    String name = fill.apply(user);
    if (name.isEmpty() || name.indexOf(':') >= 0) {
      throw WebProblems.RULE.failure(
          place, "the user '" + user.source() + "' is empty or has a colon", "give another name");
    }
    return Optional.of(new Credentials(name, Secret.of(fill.apply(password))));
  }

  private static Interception interception(
      WebProxyConfiguration written, Path folder, Instant now, Place place) {
    List<Certificate> trusted = new ArrayList<>();
    String trust = written.trust();
    if (trust != null) {
      try {
        trusted.addAll(Interception.certificates(folder.resolve(trust)));
      } catch (IOException | GeneralSecurityException e) {
        throw WebProblems.FILE.failure(
            place,
            "the certificates in '" + trust + "' cannot be read: " + e.getMessage(),
            "name a file with certificates in PEM");
      }
    }
    TestAuthority authority = new TestAuthority(now);
    String certificate = written.certificate();
    if (certificate != null) {
      try {
        Files.writeString(folder.resolve(certificate), authority.pem());
      } catch (IOException e) {
        throw WebProblems.FILE.failure(
            place,
            "the certificate cannot be written to '" + certificate + "': " + e.getMessage(),
            "name a file in a folder that is there and can be written");
      }
    }
    return new Interception(authority, trusted);
  }
}
