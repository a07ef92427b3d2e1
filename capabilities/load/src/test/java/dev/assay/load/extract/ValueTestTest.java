package dev.assay.load.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.value.Comparison;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ValueTestTest {

  private static boolean holds(String comparison, String value) {
    byte[] bytes = ("xx" + value + "xx").getBytes(StandardCharsets.UTF_8);
    return ValueTest.of(Comparison.parse(comparison)).holds(bytes, 2, bytes.length - 2);
  }

  @Test
  void numbersThatAreEqualToTheLastDigitAreEqual() {
    assertThat(holds("2.5", "2.50")).isTrue();
    assertThat(holds("2.5", "25e-1")).isTrue();
    assertThat(holds("0", "-0.00")).isTrue();
    assertThat(holds("1e3", "1000")).isTrue();
    assertThat(holds("!= 2.5", "2.500")).isFalse();
    assertThat(holds("0.1", "0.1000000000000000000000000000000000000001")).isFalse();
    assertThat(holds("12345678901234567890", "12345678901234567891")).isFalse();
  }

  @Test
  void whatIsNoNumberIsNeitherMoreNorLess() {
    for (String value :
        new String[] {"", "-", "1.", ".5", "1e", "0x1", "NaN", "1 ", "five", "+1"}) {
      assertThat(holds("< 10", value)).as(value).isFalse();
      assertThat(holds(">= -10", value)).as(value).isFalse();
      assertThat(holds("!= 1", value)).as(value).isTrue();
    }
    assertThat(holds("!= 1", "1.0")).isFalse();
  }

  @Test
  void textsAreComparedWholeAndExpressionsFindAPart() {
    assertThat(holds("shipped", "shipped")).isTrue();
    assertThat(holds("shipped", "shippe")).isFalse();
    assertThat(holds("!= shipped", "pending")).isTrue();
    assertThat(holds("grün", "grün")).isTrue();
    assertThat(holds("~ ^gr.n$", "grün")).isTrue();
    assertThat(holds("!~ json", "text/html")).isTrue();
    assertThat(holds("!~ json", "application/json")).isFalse();
  }

  @Test
  void theWordsAskForPresenceOnly() {
    assertThat(holds("exists", "")).isTrue();
    assertThat(holds("absent", "x")).isFalse();
    assertThat(ValueTest.of(Comparison.parse("absent")).holdsForNothing()).isTrue();
    assertThat(ValueTest.of(Comparison.parse("exists")).holdsForNothing()).isFalse();
  }

  @Test
  void anExpressionThatBacktracksWithoutEndDoesNotHold() {
    assertThat(holds("~ (.*)(.*)(.*)(.*)(.*)x", "a".repeat(300))).isFalse();
    assertThat(holds("!~ (.*)(.*)(.*)(.*)(.*)x", "a".repeat(300))).isFalse();
    assertThat(holds("~ (x|y)*z", "xy".repeat(100_000))).isFalse();
  }

  @Test
  void aSizeComparesWithItsNumberOfBytes() {
    assertThat(holds("< 10 kB", "9999")).isTrue();
    assertThat(holds("< 10 kB", "10000")).isFalse();
  }

  @Test
  void comparesAsExactDecimalsDo() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 50_000; i++) {
      String left = number(random);
      String right = random.nextInt(4) == 0 ? left : number(random);
      int expected = Integer.signum(new BigDecimal(left).compareTo(new BigDecimal(right)));
      byte[] bytes = left.getBytes(StandardCharsets.US_ASCII);
      assertThat(new Decimal(new BigDecimal(right)).compare(bytes, 0, bytes.length))
          .as(left + " and " + right)
          .isEqualTo(expected);
    }
  }

  private static String number(SplittableRandom random) {
    StringBuilder number = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
    number.append(digits(random, 1 + random.nextInt(4)));
    if (random.nextBoolean()) {
      number.append('.').append(digits(random, 1 + random.nextInt(4)));
    }
    if (random.nextInt(3) == 0) {
      number.append(random.nextBoolean() ? "e" : "E").append(random.nextInt(-5, 6));
    }
    return number.toString();
  }

  private static String digits(SplittableRandom random, int many) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < many; i++) {
      digits.append(random.nextInt(3) == 0 ? random.nextInt(10) : 0);
    }
    return digits.toString();
  }
}
