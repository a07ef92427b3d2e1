package dev.assay.virtual;

import dev.assay.virtual.smsc.VirtualSmsc;
import java.util.Map;
import java.util.Optional;

/**
 * The virtual services of a run, for checks that look at what they saw. Thread-safe.
 *
 * @param smscs the SMSCs by name
 */
record VirtualServices(Map<String, VirtualSmsc> smscs) {

  VirtualServices {
    smscs = Map.copyOf(smscs);
  }

  Optional<VirtualSmsc> smsc(String name) {
    return Optional.ofNullable(smscs.get(name));
  }
}
