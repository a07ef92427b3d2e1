package dev.assay.cli;

import dev.assay.core.parse.RecordFile;
import dev.assay.gateway.config.GatewayConfiguration;
import dev.assay.gateway.config.ProviderConfiguration;
import dev.assay.gateway.run.ConfigurationSource;
import java.nio.file.Path;
import java.util.Map;

/**
 * The configuration of a gateway in a file.
 *
 * @param file where
 * @param environment of this process
 */
record GatewayFile(Path file, Map<String, String> environment) implements ConfigurationSource {

  @Override
  public GatewayConfiguration read() {
    return RecordFile.read(file, GatewayConfiguration.class, environment);
  }

  @Override
  public ProviderConfiguration provider(String name, String text) {
    // who sends a provider is not to read the environment of the gateway
    return RecordFile.read("provider " + name, text, ProviderConfiguration.class, Map.of());
  }

  Path folder() {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? Path.of("") : folder;
  }
}
