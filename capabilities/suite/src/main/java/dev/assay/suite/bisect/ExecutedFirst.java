package dev.assay.suite.bisect;

import dev.assay.suite.git.Commit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes commits likelier that touch a class which the test was seen to execute, and those less
 * likely that touch only other classes. A factor, never a proof: what was executed is known of one
 * run, and what is executed changes.
 */
public final class ExecutedFirst {

  private static final double EXECUTED = 6;
  private static final double NOT_EXECUTED = 0.3;
  private static final Pattern SOURCE = Pattern.compile("(.+)\\.(?:java|kt|groovy|scala)");

  private ExecutedFirst() {}

  /**
   * The weights with that knowledge.
   *
   * @param weights by commit, above 0
   * @param executed classes with slashes; empty where nothing was seen
   */
  public static double[] weights(double[] weights, List<Commit> commits, Set<String> executed) {
    double[] known = weights.clone();
    if (executed.isEmpty()) {
      return known;
    }
    Set<String> types = new HashSet<>();
    for (String name : executed) {
      int nested = name.indexOf('$');
      types.add(nested < 0 ? name : name.substring(0, nested));
    }
    for (int i = 0; i < known.length; i++) {
      known[i] *= factor(commits.get(i), types);
    }
    return known;
  }

  private static double factor(Commit commit, Set<String> types) {
    boolean onlySources = !commit.files().isEmpty();
    for (String file : commit.files()) {
      Matcher source = SOURCE.matcher(file);
      if (!source.matches()) {
        onlySources = false;
      } else if (executed(source.group(1), types)) {
        return EXECUTED;
      }
    }
    return onlySources ? NOT_EXECUTED : 1;
  }

  /** Whether a path without its ending is that of a type, in whatever folder of sources. */
  private static boolean executed(String path, Set<String> types) {
    for (int from = 0; from >= 0; from = path.indexOf('/', from) + 1) {
      if (types.contains(path.substring(from))) {
        return true;
      }
      if (path.indexOf('/', from) < 0) {
        return false;
      }
    }
    return false;
  }
}
