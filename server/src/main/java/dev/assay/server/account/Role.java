package dev.assay.server.account;

import java.util.Locale;

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

  /** Whether it is at least another. */
  public boolean atLeast(Role other) {
    return compareTo(other) >= 0;
  }
}
