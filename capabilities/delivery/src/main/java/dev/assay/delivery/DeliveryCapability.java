package dev.assay.delivery;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.CheckType;
import java.util.List;

/** Delivery: a canary beside its control. */
public final class DeliveryCapability implements Capability {

  /** Does no work. */
  public DeliveryCapability() {}

  @Override
  public String name() {
    return "delivery";
  }

  @Override
  public List<CheckType<?>> checkTypes() {
    return List.of(new CanaryCheckType());
  }

  @Override
  public List<ProblemType> problems() {
    return DeliveryProblems.all();
  }
}
