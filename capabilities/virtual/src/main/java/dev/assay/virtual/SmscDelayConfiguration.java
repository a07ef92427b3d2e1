package dev.assay.virtual;

import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import dev.assay.virtual.smsc.Delay;
import java.time.Duration;

/**
 * How long something of a virtual SMSC takes. Immutable.
 *
 * @param mean the mean
 * @param spread by how much it differs
 * @param shape how it is distributed
 */
@Doc("A time, or how times are distributed.")
public record SmscDelayConfiguration(
    @Doc("The time, or the mean of times.") @Shorthand Duration mean,
    @Doc("Half the width of `uniform`, the standard deviation of `normal`.") @Default("0s")
        Duration spread,
    @Doc("How times are distributed: constant, uniform, normal, exponential.") @Default("constant")
        Delay.Shape shape) {

  Delay delay() {
    return new Delay(mean, spread, shape);
  }
}
