package dev.assay.profile;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.ServiceObserver;
import java.util.List;

/** Profile: what services use while a check measures, and where they spend it. */
public final class ProfileCapability implements Capability {

  /** Does no work. */
  public ProfileCapability() {}

  @Override
  public String name() {
    return "profile";
  }

  @Override
  public List<ServiceObserver<?>> observers() {
    return List.of(new ProfileObserver());
  }

  @Override
  public List<ProblemType> problems() {
    return ProfileProblems.all();
  }
}
