package dev.assay.api.spi;

import java.util.Optional;

/**
 * What the environment that a run is against lets checks do, asked for with {@link
 * CheckContext#find}.
 *
 * @param name its name in the workspace
 * @param chaos whether it may be broken on purpose; empty where it does not say
 */
public record EnvironmentRules(String name, Optional<Boolean> chaos) {}
