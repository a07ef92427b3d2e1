package dev.assay.observe;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.WorkspaceSection;
import dev.assay.observe.monitor.MonitorsSection;
import dev.assay.observe.slo.SlosSection;
import java.util.List;

/** Monitors and objectives in the workspace. */
public final class ObserveCapability implements Capability {

  /** Does no work. */
  public ObserveCapability() {}

  @Override
  public String name() {
    return "observe";
  }

  @Override
  public List<WorkspaceSection<?>> sections() {
    return List.of(new MonitorsSection(), new SlosSection());
  }

  @Override
  public List<ProblemType> problems() {
    return ObserveProblems.all();
  }
}
