package dev.assay.suite.bisect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.suite.git.Commit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutedFirstTest {

  private static final Set<String> EXECUTED = Set.of("shop/Cart$Line", "shop/Vat");

  private static double weight(Set<String> executed, String... files) {
    Commit commit =
        new Commit("1", List.of(), "a", "a@b", "2026-01-01T00:00:00Z", "s", List.of(files));
    return ExecutedFirst.weights(new double[] {2}, List.of(commit), executed)[0];
  }

  @Test
  void aCommitThatTouchesAnExecutedClassIsLikelier() {
    assertThat(weight(EXECUTED, "app/src/main/java/shop/Cart.java")).isEqualTo(12);
    assertThat(weight(EXECUTED, "shop/Vat.kt", "README.md")).isEqualTo(12);
  }

  @Test
  void aCommitOfOtherClassesOnlyIsLessLikely() {
    assertThat(weight(EXECUTED, "src/main/java/shop/Order.java")).isEqualTo(0.6);
    assertThat(weight(EXECUTED, "src/main/java/othershop/Vat.java")).isEqualTo(0.6);
  }

  @Test
  void whatIsNoClassTellsNothing() {
    assertThat(weight(EXECUTED, "pom.xml", "src/main/java/shop/Order.java")).isEqualTo(2);
    assertThat(weight(EXECUTED)).isEqualTo(2);
    assertThat(weight(Set.of(), "src/main/java/shop/Order.java")).isEqualTo(2);
  }
}
