package dev.assay.suite.select;

import dev.assay.suite.cache.Generation;
import dev.assay.suite.cache.Memory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What has changed since a commit.
 *
 * @param since the commit as people named it
 * @param unknown what has changed of which nobody can tell the users; empty where there is no such
 * @param parts the parts that have changed
 * @param names what has changed, for people
 */
record Change(String since, Optional<String> unknown, BitSet parts, List<String> names) {

  /**
   * Compares with a commit: part by part where its state is remembered, else file by file.
   *
   * @return empty where Git does not know the commit
   */
  static Optional<Change> since(
      String name, Checkout git, Project project, Selector selector, Memory memory) {
    Optional<String> commit = git.commit(name);
    Optional<Generation> before = commit.flatMap(memory::generationOf);
    if (before.isPresent()) {
      List<String> around = selector.around(before.get());
      BitSet parts = selector.differing(before.get());
      List<String> names = new ArrayList<>(around);
      names.addAll(selector.names(parts));
      return Optional.of(new Change(name, around.stream().findFirst(), parts, names));
    }
    return commit
        .flatMap(git::changedSince)
        .map(files -> {
          BitSet parts = new BitSet();
          Optional<String> unknown = Optional.empty();
          for (String file : files) {
            Optional<BitSet> of = project.partsOf(file);
            of.ifPresent(parts::or);
            if (of.isEmpty() && unknown.isEmpty()) {
              unknown = Optional.of(file);
            }
          }
          return new Change(name, unknown, parts, files);
        });
  }
}
