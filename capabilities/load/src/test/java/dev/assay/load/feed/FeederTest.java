package dev.assay.load.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.Where;
import dev.assay.load.extract.Bytes;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FeederTest {

  /** Rows that hold their own numbers. */
  private record Numbered(long rows) implements Records {
    @Override
    public List<String> columns() {
      return List.of("id", "name");
    }

    @Override
    public void write(long row, int column, Bytes out) {
      out.appendNumber(row);
    }
  }

  private static Feeder feeder(long rows, Take take, long seed) {
    return new Feeder("people", new Numbered(rows), take, seed);
  }

  private static List<Long> rows(Feeder feeder, long many) {
    return LongStream.range(0, many).mapToObj(feeder::row).toList();
  }

  @Test
  void inOrderEndsAfterTheLastRecord() {
    assertThat(rows(feeder(3, Take.IN_ORDER, 1), 5)).containsExactly(0L, 1L, 2L, -1L, -1L);
    assertThat(feeder(3, Take.IN_ORDER, 1).available()).isEqualTo(3);
  }

  @Test
  void circularBeginsAgain() {
    assertThat(rows(feeder(3, Take.CIRCULAR, 1), 7)).containsExactly(0L, 1L, 2L, 0L, 1L, 2L, 0L);
    assertThat(feeder(3, Take.CIRCULAR, 1).available()).isEqualTo(Records.ENDLESS);
  }

  @Test
  void randomTakesEveryRecordAboutEquallyOften() {
    int[] times = new int[10];
    rows(feeder(10, Take.RANDOM, 1), 10_000).forEach(row -> times[row.intValue()]++);
    assertThat(Arrays.stream(times)).allMatch(many -> many >= 850 && many <= 1150);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 7, 16, 17, 100, 1000, 4096, 65_537, 300_000})
  void shuffledTakesEveryRecordOnce(long rows) {
    for (long seed = 0; seed < 3; seed++) {
      Feeder feeder = feeder(rows, Take.SHUFFLED, seed);
      BitSet taken = new BitSet();
      for (long i = 0; i < rows; i++) {
        long row = feeder.row(i);
        assertThat(row).isBetween(0L, rows - 1);
        taken.set((int) row);
      }
      assertThat(taken.cardinality()).isEqualTo(rows);
      assertThat(feeder.row(rows)).isEqualTo(-1);
    }
  }

  @Test
  void shuffledIsInNoOrder() {
    List<Long> shuffled = rows(feeder(1000, Take.SHUFFLED, 1), 1000);
    long rising =
        LongStream.range(1, 1000)
            .filter(i -> shuffled.get((int) i) > shuffled.get((int) i - 1))
            .count();
    assertThat(rising).isBetween(430L, 570L);
    long inPlace = LongStream.range(0, 1000).filter(i -> shuffled.get((int) i) == i).count();
    assertThat(inPlace).isLessThan(10);
  }

  @Test
  void endlessRecordsAreShuffledToo() {
    Feeder feeder = feeder(Records.ENDLESS, Take.SHUFFLED, 5);
    assertThat(rows(feeder, 1000)).doesNotHaveDuplicates().allMatch(row -> row >= 0);
    assertThat(rows(feeder(Records.ENDLESS, Take.CIRCULAR, 5), 3)).containsExactly(0L, 1L, 2L);
  }

  @Test
  void theSameSeedTakesTheSameAndAnotherAnother() {
    for (Take take : new Take[] {Take.RANDOM, Take.SHUFFLED}) {
      List<Long> rows = rows(feeder(500, take, 9), 500);
      assertThat(rows(feeder(500, take, 9), 500)).isEqualTo(rows);
      assertThat(rows(feeder(500, take, 10), 500)).isNotEqualTo(rows);
    }
  }

  @Test
  void problemsSayWhatIsThere() {
    Feeder feeder = feeder(3, Take.IN_ORDER, 1);
    Where where = Where.named("check shop");
    assertThat(feeder.column("name")).isEqualTo(1);
    assertThat(feeder.column("nmae")).isEqualTo(-1);
    assertThat(FeedProblems.unknownColumn(where, feeder, "nmae").mend())
        .isEqualTo("did you mean 'name'?");
    assertThat(FeedProblems.ranOut(where, feeder, 100).what()).contains("has 3 records", "100");
    assertThat(FeedProblems.all()).extracting(type -> type.code()).doesNotHaveDuplicates();
    assertThat(Map.of(Take.IN_ORDER, "in order"))
        .containsEntry(Take.IN_ORDER, Take.IN_ORDER.word());
  }
}
