package dev.assay.virtual;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.WorkspaceSection;
import java.util.List;

/** Virtual services: what the system under test speaks to, played by Assay. */
public final class VirtualCapability implements Capability {

  /** Does no work. */
  public VirtualCapability() {}

  @Override
  public String name() {
    return "virtual";
  }

  @Override
  public List<CheckType<?>> checkTypes() {
    return List.of(new SmscCheckType());
  }

  @Override
  public List<WorkspaceSection<?>> sections() {
    return List.of(new VirtualSection());
  }

  @Override
  public List<ProblemType> problems() {
    return VirtualProblems.all();
  }
}
