package dev.assay.profile;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that profiling can report. */
final class ProfileProblems {

  static final ProblemType RANGE =
      new ProblemType(
          "ASSAY-PROFILE-001",
          ProblemKind.USER,
          "A sampling interval is out of its range",
          "'every' is how often stacks are sampled, 1 ms to 1 s. Below 1 ms the JVM takes no samples"
              + " and above 1 s there are too few to say anything; 10ms or 20ms suits nearly every"
              + " service.");

  private ProfileProblems() {}

  static List<ProblemType> all() {
    return List.of(RANGE);
  }
}
