package dev.assay.network;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Share;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a delay is written: one of its distributions. Immutable.
 *
 * @param constant always the same
 * @param uniform the middle
 * @param spread half the width of a uniform delay
 * @param normal the mean
 * @param logNormal the mean
 * @param pareto the mean
 * @param deviation the standard deviation of a normal, log-normal or Pareto delay
 * @param shape of a Pareto delay from 0
 * @param percentiles delays by percentile
 * @param correlation of neighbouring packets
 * @param place where it stands
 */
@Doc("A delay in one direction: constant, or one distribution. What would be below 0 is 0.")
record DelayConfiguration(
    @Doc("Always the same.") @Shorthand @Nullable Duration constant,
    @Doc("The middle of an even distribution; with 'spread'.") @Nullable Duration uniform,
    @Doc("How far an even distribution reaches to either side.") @Nullable Duration spread,
    @Doc("The mean of a normal distribution; with 'deviation'.") @Nullable Duration normal,
    @Doc("The mean of a log-normal distribution; with 'deviation'.") @Key("log normal")
        @Nullable Duration logNormal,
    @Doc("The mean of a Pareto distribution; with 'shape', or with 'deviation' for netem's.")
        @Nullable Duration pareto,
    @Doc("The standard deviation.") @Nullable Duration deviation,
    @Doc("The shape of a Pareto distribution, above 1: the smaller, the longer its tail.")
        @Nullable Double shape,
    @Doc("Measured delays by percentile, 0 to 100, with straight lines between them.")
        Map<String, Duration> percentiles,
    @Doc("How alike the delays of neighbouring packets are, 0 % to below 100 %.")
        @Nullable Share correlation,
    Place place) {

  /** Copies the map, keeping its order. */
  DelayConfiguration {
    percentiles = Collections.unmodifiableMap(new LinkedHashMap<>(percentiles));
  }
}
