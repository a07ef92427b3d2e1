package dev.assay.core.report.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.value.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StacksTest {

  private static Stacks read(String... lines) {
    try {
      return Stacks.read(new BufferedReader(new StringReader(String.join("\n", lines))));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Test
  void aFrameHasWhatWasSpentInItAndInWhatItCalled() {
    Stacks stacks = read("main;a;b 3", "main;a 2", "main;c 5");

    assertThat(stacks.total()).isEqualTo(10);
    Stacks.Frame main = stacks.root().child("main");
    assertThat(main.total()).isEqualTo(10);
    assertThat(main.self()).isZero();
    assertThat(main.child("a").total()).isEqualTo(5);
    assertThat(main.child("a").self()).isEqualTo(2);
    assertThat(main.children()).extracting(Stacks.Frame::name).containsExactly("a", "c");
  }

  @Test
  void aMethodThatCallsItselfIsCountedOnceInItsTotal() {
    Stacks stacks = read("main;f;f;f 4", "main;g 6");

    assertThat(stacks.method("f")).isEqualTo(new Stacks.Method("f", 4, 4));
    assertThat(stacks.hottest(1)).containsExactly(new Stacks.Method("g", 6, 6));
  }

  @Test
  void aLineThatIsNoStackIsLeftOut() {
    Stacks stacks = read("", "nothing", "a;b x", "a;b -3", "a;b 99999999999999999999", "a;b 1");

    assertThat(stacks.total()).isEqualTo(1);
  }

  @Test
  void aStackOfAnyDepthIsCutAndKeepsItsWeight() {
    Stacks stacks = read("f;".repeat(5_000) + "f 7");

    assertThat(stacks.total()).isEqualTo(7);
    assertThat(stacks.heaviest(10_000, 0))
        .hasSize(Stacks.DEEPEST + 1)
        .allMatch(frame -> frame.total() == 7);
  }

  @Test
  void theHeaviestFramesAreNeverCutFromTheRoot() {
    SplittableRandom random = new SplittableRandom(7);
    String[] lines = new String[3_000];
    for (int i = 0; i < lines.length; i++) {
      StringBuilder stack = new StringBuilder("main");
      for (int depth = random.nextInt(1, 30); depth > 0; depth--) {
        stack.append(";m").append(random.nextInt(5));
      }
      lines[i] = stack + " " + random.nextInt(1, 9);
    }
    List<Stacks.Frame> frames = read(lines).heaviest(500, 0);

    assertThat(frames).hasSize(500);
    assertThat(frames.getFirst().depth()).isZero();
    for (Stacks.Frame frame : frames) {
      assertThat(
              frame.depth() == 0
                  || frames.stream().anyMatch(outer -> outer.child(frame.name()) == frame))
          .isTrue();
    }
  }

  @Test
  void aMethodThatTookOverIsTheGreatestChange() {
    Stacks before = read("main;a 90", "main;b 10");
    Stacks now = read("main;a 400", "main;b 600");

    List<Change> changes = Change.between(before, now, Unit.NONE, 10);

    assertThat(changes).extracting(Change::method).containsExactlyInAnyOrder("a", "b");
    assertThat(changes).noneMatch(Change::chance);
    assertThat(changes.getFirst().difference()).isBetween(-0.51, 0.51);
    assertThat(Math.abs(changes.getFirst().difference())).isBetween(0.49, 0.51);
  }

  @Test
  void aChangeThatTwoSamplesOfTheSameProgramWouldShowIsSaidToBeChance() {
    Stacks before = read("main;a 52", "main;b 48", "main;rare 1");
    Stacks now = read("main;a 48", "main;b 52");

    assertThat(Change.between(before, now, Unit.NONE, 10)).allMatch(Change::chance);
  }

  @Test
  void bytesAreNoSamplesSoNothingIsSaidOfChance() {
    Stacks before = read("main;a 5200", "main;b 4800");
    Stacks now = read("main;a 4800", "main;b 5200");

    assertThat(Change.between(before, now, Unit.BYTES, 10)).hasSize(2).noneMatch(Change::chance);
  }
}
