package dev.assay.load;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.CheckType;
import dev.assay.load.adhoc.AdHocProblems;
import dev.assay.load.feed.FeedProblems;
import dev.assay.load.grpc.GrpcProblems;
import dev.assay.load.imports.ImportProblems;
import java.util.List;
import java.util.stream.Stream;

/** Load: requests at a rate, latency from the intended start. */
public final class LoadCapability implements Capability {

  /** Does no work. */
  public LoadCapability() {}

  @Override
  public String name() {
    return "load";
  }

  @Override
  public List<CheckType<?>> checkTypes() {
    return List.of(new LoadCheckType(), new SmppCheckType());
  }

  @Override
  public List<ProblemType> problems() {
    return Stream.of(
            LoadProblems.all(),
            FeedProblems.all(),
            AdHocProblems.all(),
            ImportProblems.all(),
            GrpcProblems.all())
        .flatMap(List::stream)
        .toList();
  }
}
