package dev.assay.server.audit;

import java.util.List;

/**
 * What a look at every entry found. Immutable.
 *
 * @param entries how many there are
 * @param head the chain's last hash: whoever keeps it elsewhere sees whether the end was cut off
 * @param damages what is wrong, one sentence each; empty where all is well
 */
public record AuditVerification(long entries, String head, List<String> damages) {

  /** Copies the list. */
  public AuditVerification {
    damages = List.copyOf(damages);
  }
}
