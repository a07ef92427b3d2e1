package dev.assay.server.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a member may do in a project; each may what those before it may. */
public enum Role {
  /** Looks. */
  VIEWER,
  /** Sends runs. */
  DEVELOPER,
  /** Approves, silences, overrides. */
  OPERATOR,
  /** Keys, members, settings. */
  ADMIN;

  /** As it is written. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that is written so, in whatever letters; empty where there is none. */
  public static Optional<Role> of(String label) {
    return Arrays.stream(values()).filter(role -> role.label().equalsIgnoreCase(label)).findFirst();
  }

  /** Whether it is at least another. */
  public boolean atLeast(Role other) {
    return compareTo(other) >= 0;
  }
}
