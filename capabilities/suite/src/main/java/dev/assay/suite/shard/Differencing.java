package dev.assay.suite.shard;

import dev.assay.suite.shard.ShardPlanner.Timed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The largest differencing method for several shards: begins with one division for each test, and
 * joins the two that are least even, the fullest shard of one with the emptiest of the other.
 */
final class Differencing {

  private Differencing() {}

  static Division divide(List<Timed> tests, int count) {
    Division division = new Division(count);
    PriorityQueue<Part> parts =
        new PriorityQueue<>(
            Comparator.comparingDouble((Part part) -> -part.spread())
                .thenComparingInt(Part::number));
    for (int i = 0; i < tests.size(); i++) {
      Bin[] bins = new Bin[count];
      Arrays.fill(bins, new Bin(0, new Content.None()));
      bins[0] = new Bin(tests.get(i).seconds(), new Content.One(tests.get(i)));
      parts.add(new Part(bins, i));
    }
    int number = tests.size();
    while (parts.size() > 1) {
      parts.add(joined(parts.remove(), parts.remove(), number++));
    }
    for (Part all : parts) {
      for (int shard = 0; shard < count; shard++) {
        empty(all.bins[shard].content, shard, division);
      }
    }
    return division;
  }

  private static Part joined(Part one, Part other, int number) {
    Bin[] bins = new Bin[one.bins.length];
    for (int i = 0; i < bins.length; i++) {
      bins[i] = one.bins[i].with(other.bins[bins.length - 1 - i]);
    }
    Arrays.sort(bins, Comparator.comparingDouble(bin -> -bin.seconds));
    return new Part(bins, number);
  }

  private static void empty(Content content, int shard, Division division) {
    List<Content> open = new ArrayList<>(List.of(content));
    while (!open.isEmpty()) {
      switch (open.removeLast()) {
        case Content.None _ -> {}
        case Content.One one -> division.add(shard, one.test);
        case Content.Both both -> {
          open.add(both.one);
          open.add(both.other);
        }
      }
    }
  }

  /** What is in a shard; joined without copying. */
  private sealed interface Content {
    record None() implements Content {}

    record One(Timed test) implements Content {}

    record Both(Content one, Content other) implements Content {}
  }

  private record Bin(double seconds, Content content) {

    Bin with(Bin other) {
      if (other.content instanceof Content.None) {
        return this;
      }
      return content instanceof Content.None
          ? other
          : new Bin(seconds + other.seconds, new Content.Both(content, other.content));
    }
  }

  /** A division of some tests, the fullest shard first. */
  private static final class Part {

    private final Bin[] bins;
    private final int number;

    Part(Bin[] bins, int number) {
      this.bins = bins;
      this.number = number;
    }

    double spread() {
      return bins[0].seconds - bins[bins.length - 1].seconds;
    }

    int number() {
      return number;
    }
  }
}
