package dev.assay.gateway;

import dev.assay.api.json.Json;

/**
 * Something that adds channels, intakes or paths to a gateway; found by {@link
 * java.util.ServiceLoader}. Has a public constructor without arguments that does no work.
 */
public interface Extension {

  /** The key in {@code gateway.yaml} that it reads, which nobody else reads. */
  String key();

  /** Where of several extensions one needs what another adds, the smaller is opened first. */
  default int order() {
    return 100;
  }

  /**
   * Begins; called once, before the first message.
   *
   * @param configuration what is written under {@link #key}, {@code ${env.NAME}} filled in; an
   *     empty object where nothing is
   * @throws dev.assay.api.problem.ProblemException if it cannot be so
   * @return what is closed when the gateway ends, before the channels are
   */
  AutoCloseable open(Json configuration, Host host);
}
