package dev.assay.load;

import dev.assay.api.value.Comparison;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Turns the expectation of a status into the set of statuses that meet it. */
final class AcceptedStatuses {

  private static final int LOWEST = 100;
  private static final int HIGHEST = 599;
  private static final int FIRST_ERROR = 400;

  private AcceptedStatuses() {}

  /** The statuses from 100 to 599 that are no error; below 400 where nothing is expected. */
  static BitSet of(LoadStep.@Nullable Expected expected) {
    Comparison comparison = expected == null ? null : expected.status();
    BitSet accepted = new BitSet(HIGHEST + 1);
    for (int status = LOWEST; status <= HIGHEST; status++) {
      accepted.set(status, comparison == null ? status < FIRST_ERROR : meets(comparison, status));
    }
    return accepted;
  }

  private static boolean meets(Comparison comparison, int status) {
    String operand = comparison.operand();
    boolean wholeClass = operand.length() == 3 && operand.substring(1).equalsIgnoreCase("xx");
    if (!wholeClass) {
      return comparison.holds(Integer.toString(status));
    }
    boolean inClass = operand.charAt(0) - '0' == status / LOWEST;
    return switch (comparison.operator()) {
      case EQUAL, SAME -> inClass;
      case NOT_EQUAL -> !inClass;
      default -> false;
    };
  }
}
