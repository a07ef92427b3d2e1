package dev.assay.delivery;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that delivery can report. */
public final class DeliveryProblems {

  /** A canary is written in a way that says nothing. */
  public static final ProblemType WRONG_CANARY =
      new ProblemType(
          "ASSAY-DELIVERY-001",
          ProblemKind.USER,
          "A canary is not written as it must be",
          "A canary names two different checks, the experiment and its control, and how long they are"
              + " compared. The limits have ranges: the probability of a false alarm is between 0.01 %"
              + " and 50 %. Nothing was begun.");

  /** One of both sides ended before the comparison did. */
  public static final ProblemType NOT_LIVE =
      new ProblemType(
          "ASSAY-DELIVERY-002",
          ProblemKind.ENVIRONMENT,
          "The canary or its control ended",
          "Both checks go on as long as they are compared. One of them ended by itself, so that there"
              + " is nothing to compare any more. Run that check alone to see why.");

  private DeliveryProblems() {}

  static List<ProblemType> all() {
    return List.of(WRONG_CANARY, NOT_LIVE);
  }
}
