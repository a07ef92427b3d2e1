package dev.assay.load;

import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.Share;
import dev.assay.load.engine.Networks;
import dev.assay.network.Conditions;
import dev.assay.network.link.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the networks of users from how they are written. */
final class NetworkCompiler {

  private final CheckContext context;
  private final @Nullable LoadThrough through;

  NetworkCompiler(CheckContext context, @Nullable LoadThrough through) {
    this.context = context;
    this.through = through;
  }

  /**
   * The networks.
   *
   * @throws dev.assay.api.problem.ProblemException if nothing gives networks here
   */
  Networks compile() {
    LoadThrough written = through;
    if (written == null) {
      return Networks.NONE;
    }
    Conditions known =
        context
            .find(Conditions.class)
            .orElseThrow(() ->
                LoadProblems.NETWORK.failure(
                    written.place(),
                    "'through' needs the network room",
                    "run the check in a workspace, or remove 'through'"));
    List<Condition> conditions = new ArrayList<>();
    List<Double> upTo = new ArrayList<>();
    double share = 0;
    for (String name : written.names()) {
      Share own = written.mix().get(name);
      conditions.add(known.named(name, written.place()));
      share += own == null ? 1 : own.ratio();
      upTo.add(share);
    }
    return new Networks(List.copyOf(written.names()), conditions, upTo, written.usersPerLink());
  }
}
