package dev.assay.server.account;

import dev.assay.server.account.ProjectKeys.Scope;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** What a program shows to be let in: a key of a project, or one of the whole server. Immutable. */
public sealed interface ProgramKey permits ProjectKey, ServerKey {

  /** What it is called by, no secret; no two keys of a server have the same. */
  String id();

  /** What people call it. */
  String name();

  /** What it may do. */
  Set<Scope> scopes();

  /** What it may do, in words. */
  default String may() {
    return scopes().stream().sorted().map(Scope::label).collect(Collectors.joining(", "));
  }

  /** When it was made. */
  Instant created();

  /** Until when it is good. */
  Instant expires();

  /** How the audit log calls it. */
  default String shown() {
    return "key " + id();
  }
}
