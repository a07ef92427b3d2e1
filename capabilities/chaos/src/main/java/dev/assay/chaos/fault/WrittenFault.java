package dev.assay.chaos.fault;

import dev.assay.api.problem.Place;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the workspace.
 *
 * @param prepare finds out all that it needs, and throws where it cannot be made; touches nothing
 * @param milder makes a milder form; null where there is none
 */
record WrittenFault(
    String kind,
    String what,
    Set<String> targets,
    Place place,
    Function<FaultContext, Break> prepare,
    @Nullable DoubleFunction<Fault> milder)
    implements Fault {

  @Override
  public void ensurePossible(FaultContext context) {
    var _ = prepare.apply(context);
  }

  @Override
  public Injected inject(FaultContext context) {
    return Injection.make(this, prepare.apply(context), context);
  }

  @Override
  public Fault at(double intensity) {
    if (!(intensity > 0 && intensity <= 1)) {
      throw new IllegalArgumentException("an intensity is more than 0 and at most 1");
    }
    return milder == null || intensity == 1 ? this : milder.apply(intensity);
  }
}
