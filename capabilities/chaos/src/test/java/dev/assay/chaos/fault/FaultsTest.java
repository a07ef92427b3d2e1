package dev.assay.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Reference;
import dev.assay.api.spi.UndoAction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of faults as they are written. */
class FaultsTest {

  private static List<String> problems(FaultConfiguration written) {
    List<Problem> problems = new ArrayList<>();
    Faults.validate(written, problems::add);
    return problems.stream().map(Problem::what).toList();
  }

  @Test
  void aFaultHasExactlyOneKey() {
    assertThat(problems(Written.nothing()))
        .containsExactly("the fault does not say what is broken");
    assertThat(problems(Written.killAndPause("shop"))).containsExactly("the fault has 2 keys");
    assertThat(problems(Written.pause("shop"))).isEmpty();
  }

  @Test
  void aFaultSaysWhatItTouches() {
    Fault fault = Faults.of(Written.kill("shop", null));

    assertThat(fault.kind()).isEqualTo("kill");
    assertThat(fault.what()).isEqualTo("kill shop");
    assertThat(fault.targets()).containsExactly("service:shop");
    assertThat(Faults.references(Written.kill("shop", null)))
        .containsExactly(new Reference("services", "shop", Written.HERE));
  }

  @Test
  void everyKindOfEntryHasOneUndo() {
    assertThat(Faults.undoActions()).extracting(UndoAction::kind).doesNotHaveDuplicates();
  }
}
