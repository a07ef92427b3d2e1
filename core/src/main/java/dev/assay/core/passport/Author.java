package dev.assay.core.passport;

import dev.assay.api.evidence.EvidenceCodec;
import java.util.Optional;

/**
 * Who stands behind the alias in a signed statement. The statement has no name, so that a person
 * can be forgotten and it still holds; the alias is a salted hash of the name, so that no other
 * name can be put in its place. Immutable.
 *
 * @param name the person's name
 * @param salt what the alias was made with
 */
public record Author(String name, String salt) {

  /** What an alias begins with; no key of a program does. */
  public static final String MARK = "p_";

  private static final int DIGITS = 32;
  private static final int LONGEST = 200;

  /** The alias of a name. */
  public static String alias(String salt, String name) {
    return MARK + EvidenceCodec.sha256(salt + "\nname\n" + name).substring(0, DIGITS);
  }

  /** The name, where it is the one behind that alias. */
  public Optional<String> behind(String alias) {
    return alias.equals(alias(salt, name)) && Ruling.line(name, LONGEST)
        ? Optional.of(name)
        : Optional.empty();
  }
}
