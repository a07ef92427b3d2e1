package dev.assay.chaos;

import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.Reference;
import dev.assay.chaos.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An experiment, under the key {@code chaos}. */
public final class ChaosCheckType implements CheckType<ChaosConfiguration> {

  @Override
  public String name() {
    return "chaos";
  }

  @Override
  public String summary() {
    return "Breaks something on purpose while another check goes on, and measures whether and how fast"
        + " its expectations hold again.";
  }

  @Override
  public Class<ChaosConfiguration> configuration() {
    return ChaosConfiguration.class;
  }

  @Override
  public List<Metric> metrics() {
    return ChaosMetrics.all();
  }

  @Override
  public List<Implied> implied(ChaosConfiguration configuration) {
    List<Implied> implied = new ArrayList<>();
    implied.add(new Implied("tests", "> 0", true));
    implied.add(new Implied("failed", "= 0", false));
    if (configuration.experiment() == null) {
      implied.add(new Implied("faults", "> 0", true));
      implied.add(new Implied("aborted", "= 0", false));
    }
    return implied;
  }

  @Override
  public void validate(ChaosConfiguration configuration, Consumer<Problem> problems) {
    new ExperimentValidation(problems).validate(configuration);
  }

  @Override
  public List<Reference> references(ChaosConfiguration configuration) {
    List<Reference> references = new ArrayList<>();
    String steady = configuration.steady();
    if (steady != null) {
      references.add(new Reference("checks", steady, configuration.place()));
    }
    String fresh = configuration.newConnections();
    if (fresh != null) {
      references.add(new Reference("checks", fresh, configuration.place()));
    }
    configuration.everyFault().forEach(one -> references.addAll(Faults.references(one.fault())));
    return references;
  }

  @Override
  public boolean wantsMachine() {
    return true;
  }

  @Override
  public Check prepare(ChaosConfiguration configuration) {
    ChaosConfiguration.ToolkitFile file = configuration.experiment();
    if (file != null) {
      return new ToolkitCheck(file);
    }
    return (context, sink) ->
        new NativeExperiment(
                configuration, context, sink, one -> Faults.of(one.fault()), Timing.DEFAULT)
            .run();
  }
}
