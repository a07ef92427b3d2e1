package dev.assay.api.evidence;

import java.time.Instant;

/** A fact that a check found out. Immutable. */
public sealed interface Evidence permits Outcome, Measurement, Finding, Event, Artifact {

  /** The id of the check that found it, or of the service it is about, as {@code service:NAME}. */
  String check();

  /** When it was found. */
  Instant at();
}
