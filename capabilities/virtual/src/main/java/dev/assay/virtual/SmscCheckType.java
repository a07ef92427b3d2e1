package dev.assay.virtual;

import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.Reference;
import java.util.List;

/** Looks at what a virtual SMSC saw, under the key {@code smsc}. */
final class SmscCheckType implements CheckType<SmscCheckConfiguration> {

  @Override
  public String name() {
    return "smsc";
  }

  @Override
  public String summary() {
    return "Counts what a virtual SMSC saw since the run began, so that what was accepted can be held"
        + " against what arrived.";
  }

  @Override
  public Class<SmscCheckConfiguration> configuration() {
    return SmscCheckConfiguration.class;
  }

  @Override
  public List<Metric> metrics() {
    return SmscMetrics.all();
  }

  @Override
  public List<Implied> implied(SmscCheckConfiguration configuration) {
    return List.of(
        new Implied("tests", "> 0", true),
        new Implied("failed", "= 0", false),
        new Implied("submits", "> 0", false));
  }

  @Override
  public List<Reference> references(SmscCheckConfiguration configuration) {
    return List.of(new Reference("virtual", configuration.of(), configuration.place()));
  }

  @Override
  public Check prepare(SmscCheckConfiguration configuration) {
    return new SmscCheck(configuration);
  }
}
