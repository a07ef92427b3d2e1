package dev.assay.chaos.fault;

import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Facility;
import dev.assay.api.spi.Reference;
import dev.assay.api.spi.UndoAction;
import java.util.List;
import java.util.function.Consumer;

/** Makes faults of what is written. */
public final class Faults {

  private Faults() {}

  /** The fault that is written; it must be {@linkplain #validate valid}. */
  public static Fault of(FaultConfiguration written) {
    throw new UnsupportedOperationException(written.toString());
  }

  /** Reports what the types of the components cannot say. */
  public static void validate(FaultConfiguration written, Consumer<Problem> problems) {}

  /** The services and links that it names. */
  public static List<Reference> references(FaultConfiguration written) {
    return List.of();
  }

  /** How what faults wrote into the journal is undone. */
  public static List<UndoAction> undoActions() {
    return List.of();
  }

  /** What the machine lets faults do. */
  public static List<Facility> facilities() {
    return List.of();
  }
}
