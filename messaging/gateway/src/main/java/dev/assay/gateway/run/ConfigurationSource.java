package dev.assay.gateway.run;

import dev.assay.gateway.config.GatewayConfiguration;
import dev.assay.gateway.config.ProviderConfiguration;

/** Where configuration comes from. Its methods throw a ProblemException with all that is wrong. */
public interface ConfigurationSource {

  /** The file, as it is now. */
  GatewayConfiguration read();

  /** One provider that somebody sent. */
  ProviderConfiguration provider(String name, String text);
}
