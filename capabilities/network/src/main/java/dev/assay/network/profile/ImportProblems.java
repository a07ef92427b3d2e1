package dev.assay.network.profile;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that reading another tool's description of a network can report. */
public final class ImportProblems {

  static final ProblemType UNREADABLE =
      user(
          "020",
          "A description of a network cannot be read",
          "The file is missing, is larger than 64 MiB, or is not UTF-8. Name a file that is there,"
              + " and export it again if it was cut short.");

  static final ProblemType SHAPE =
      user(
          "021",
          "A description of a network is of another kind",
          "What stands there is not what this kind of file has. WebPageTest's connectivity.ini has"
              + " sections in brackets with bwIn, bwOut, latency and plr; a profile of ATC is JSON with"
              + " 'content' (or 'up' and 'down'); a Mahimahi trace has one whole number of milliseconds"
              + " on each line; arguments of netem are those behind 'netem' in a command of tc; a"
              + " populate file of Toxiproxy is a JSON list of proxies. Choose the kind that the file"
              + " has.");

  static final ProblemType VALUE =
      user(
          "022",
          "A value in a description of a network cannot be used",
          "The value is not a number, has an unknown unit, or is out of the range that a link can"
              + " have: rates from 100 bit/s to 1 Tbit/s, delays up to one minute, shares from 0 % to"
              + " 100 %. Correct it at the place.");

  static final ProblemType NOT_TAKEN =
      user(
          "023",
          "Something in a description of a network has no equal here",
          "The description uses something that the model of a link does not have, such as netem's"
              + " 'slot' or its loss of four states. Leaving it out would give another network than"
              + " was described, so nothing is imported. Describe it with what there is: delay with a"
              + " distribution, rate, independent losses or losses of Gilbert and Elliott ('gemodel'),"
              + " duplicates, reordering.");

  private ImportProblems() {}

  private static ProblemType user(String number, String title, String explanation) {
    return new ProblemType("ASSAY-NETWORK-" + number, ProblemKind.USER, title, explanation);
  }

  /** All of them, for {@code assay explain}. */
  public static List<ProblemType> all() {
    return List.of(UNREADABLE, SHAPE, VALUE, NOT_TAKEN);
  }
}
