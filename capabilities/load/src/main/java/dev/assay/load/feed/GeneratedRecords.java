package dev.assay.load.feed;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.load.extract.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Records without end, each value a function of the seed, its row and its column's name; so any row
 * can be made at any time, and a further column changes no other. Immutable, thread-safe.
 */
public final class GeneratedRecords implements Records {

  private final List<String> columns;
  private final Generator[] generators;
  private final long[] seeds;

  private GeneratedRecords(List<String> columns, List<Generator> generators, long seed) {
    this.columns = List.copyOf(columns);
    this.generators = generators.toArray(new Generator[0]);
    this.seeds = columns.stream().mapToLong(column -> Mix.seed(seed, column)).toArray();
  }

  /**
   * Compiles generators.
   *
   * @param written what each column holds, such as {@code number(1, 100)}, in order
   * @param seed of all values
   * @param where the place that they are written at
   * @throws ProblemException with {@link FeedProblems#GENERATOR} for each that cannot be used
   */
  public static GeneratedRecords of(Map<String, String> written, long seed, Where where) {
    if (written.isEmpty()) {
      throw FeedProblems.EMPTY.failure(
          where, "'generate' makes no values", "add a column, such as 'id: sequence(1)'");
    }
    List<Problem> problems = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    List<Generator> generators = new ArrayList<>();
    written.forEach((column, text) -> {
      try {
        generators.add(Generator.parse(text));
        columns.add(column);
      } catch (IllegalArgumentException wrong) {
        problems.add(
            FeedProblems.GENERATOR.at(
                where,
                "the column '" + column + "': " + wrong.getMessage(),
                "write one of: " + String.join(", ", Generator.known())));
      }
    });
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return new GeneratedRecords(columns, generators, seed);
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public long rows() {
    return ENDLESS;
  }

  @Override
  public void write(long row, int column, Bytes out) {
    generators[column].write(row, Mix.of(seeds[column], row), out);
  }
}
