package dev.assay.server.account;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.server.account.ProjectKeys.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A key as it is shown once: an id that is no secret, and 256 random bits of which only the SHA-256
 * of the whole is kept. Immutable.
 *
 * @param id what it is called by
 * @param text all of it
 */
record KeyText(String id, String text) {

  private static final Pattern FORM = Pattern.compile("assay_([0-9a-f]{12})_[0-9a-f]{64}");
  private static final int ID_BYTES = 6;
  private static final int SECRET_BYTES = 32;

  static KeyText draw(Secrets secrets) {
    String id = secrets.hex(ID_BYTES);
    return new KeyText(id, "assay_" + id + "_" + secrets.hex(SECRET_BYTES));
  }

  /** What somebody shows; empty where it cannot be a key. */
  static Optional<KeyText> of(String shown) {
    Matcher form = FORM.matcher(shown);
    return form.matches() ? Optional.of(new KeyText(form.group(1), shown)) : Optional.empty();
  }

  /** What is kept of it. */
  String hash() {
    return EvidenceCodec.sha256(text);
  }

  /** Whether that is what was kept of it. */
  boolean matches(String kept) {
    return MessageDigest.isEqual(
        hash().getBytes(StandardCharsets.US_ASCII), kept.getBytes(StandardCharsets.US_ASCII));
  }

  /** Scopes as they are kept. */
  static String kept(Set<Scope> scopes) {
    return new TreeSet<>(scopes).stream().map(Scope::name).collect(Collectors.joining(" "));
  }

  /** Scopes that were kept. */
  static Set<Scope> scopes(String kept) {
    return Arrays.stream(kept.split(" "))
        .filter(name -> !name.isEmpty())
        .map(Scope::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }
}
