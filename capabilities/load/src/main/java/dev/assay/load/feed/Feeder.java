package dev.assay.load.feed;

/**
 * Records and the order in which they are taken. Which row is taken follows from a number alone:
 * the arrival's in an open model, the pass of all users together in a closed one. Immutable,
 * thread-safe.
 */
public final class Feeder {

  private final String name;
  private final Records records;
  private final Take take;
  private final long rows;
  private final long seed;
  private final Shuffle shuffle;

  /**
   * A feeder.
   *
   * @param name as written in the workspace file
   * @param seed of the order; the records' own was given to them
   */
  public Feeder(String name, Records records, Take take, long seed) {
    this.name = name;
    this.records = records;
    this.take = take;
    this.rows = records.rows();
    this.seed = Mix.seed(seed, name);
    this.shuffle = new Shuffle(rows, this.seed);
  }

  /** As written in the workspace file. */
  public String name() {
    return name;
  }

  /** The rows. */
  public Records records() {
    return records;
  }

  /** The order. */
  public Take take() {
    return take;
  }

  /** The place of a column of that name, or -1 where there is none. */
  public int column(String column) {
    return records.columns().indexOf(column);
  }

  /** How many times a row can be taken; {@link Records#ENDLESS} where there is no end. */
  public long available() {
    return take.ends() ? rows : Records.ENDLESS;
  }

  /**
   * The row to take.
   *
   * @param sequence which taking this is, from 0
   * @return its number, or -1 where every record was taken
   */
  public long row(long sequence) {
    return switch (take) {
      case IN_ORDER -> sequence < rows ? sequence : -1;
      case CIRCULAR -> sequence < rows ? sequence : sequence % rows;
      case RANDOM -> Mix.below(Mix.of(seed, sequence), rows);
      case SHUFFLED -> sequence < rows ? shuffle.of(sequence) : -1;
    };
  }
}
