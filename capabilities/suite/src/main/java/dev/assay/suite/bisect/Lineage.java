package dev.assay.suite.bisect;

import dev.assay.suite.git.Commit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of some commits came before which, along every parent. Immutable.
 *
 * @param commits parents before children
 */
public record Lineage(List<Commit> commits, List<BitSet> ancestors) {

  /** Of commits that come parents before children. */
  public static Lineage of(List<Commit> commits) {
    Map<String, Integer> at = new HashMap<>();
    List<BitSet> ancestors = new ArrayList<>();
    for (int i = 0; i < commits.size(); i++) {
      BitSet own = new BitSet(i + 1);
      own.set(i);
      for (String parent : commits.get(i).parents()) {
        Integer known = at.get(parent);
        if (known != null) {
          own.or(ancestors.get(known));
        }
      }
      ancestors.add(own);
      at.put(commits.get(i).hash(), i);
    }
    return new Lineage(List.copyOf(commits), List.copyOf(ancestors));
  }

  /**
   * The same as if every commit had only the one before it as its parent, which is what a history
   * along first parents is.
   */
  public static Lineage straight(List<Commit> commits) {
    List<BitSet> ancestors = new ArrayList<>();
    for (int i = 0; i < commits.size(); i++) {
      BitSet own = new BitSet(i + 1);
      own.set(0, i + 1);
      ancestors.add(own);
    }
    return new Lineage(List.copyOf(commits), List.copyOf(ancestors));
  }

  /** Whether what the one commit broke is broken in the other one: it is it, or came before it. */
  boolean reaches(int culprit, int commit) {
    return ancestors.get(commit).get(culprit);
  }

  int size() {
    return commits.size();
  }
}
