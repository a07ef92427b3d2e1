package dev.assay.chaos.fault;

import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.Services.Service;

/** Starts a service again to mend a fault. */
final class Restarting {

  private Restarting() {}

  /** Starts it, unless the run is being stopped: then it would be ended at once. */
  static void of(Service service) {
    try {
      service.restart();
    } catch (CancelledException stopping) {
      // its end is what is wanted now
    }
  }
}
