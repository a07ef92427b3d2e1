package dev.assay.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Share;
import dev.assay.api.value.Template;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.text.MessageState;
import dev.assay.virtual.smsc.Behaviour;
import dev.assay.virtual.smsc.Fault;
import dev.assay.virtual.smsc.Receipts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written of a virtual SMSC. */
class SmscCompilerTest {

  private static final Share NONE = new Share(0);
  private final List<Problem> problems = new ArrayList<>();

  private Behaviour compile(
      Share loss, String refusal, Map<String, Share> states, SmscFaultConfiguration... faults) {
    SmscConfiguration written =
        new SmscConfiguration(
            Map.of(),
            null,
            loss,
            NONE,
            refusal,
            new Rate(500),
            "ESME_RMSGQFUL",
            0,
            50,
            new SmscReceiptsConfiguration(
                null, states, NONE, NONE, NONE, NONE, Receipts.Ids.DECIMAL, true),
            null,
            List.of(faults),
            null,
            Place.NONE);
    return new SmscCompiler(problems::add).behaviour(written, Template::toString);
  }

  private static SmscFaultConfiguration fault(
      Fault.Kind kind, @Nullable String on, int number, @Nullable Duration at, Duration lasts) {
    return new SmscFaultConfiguration(kind, on, number, false, at, lasts, Place.NONE);
  }

  @Test
  void whatIsWrittenIsWhatItDoes() {
    Behaviour behaviour =
        compile(
            new Share(0.1),
            "0x45",
            Map.of("UNDELIV", new Share(0.25)),
            fault(Fault.Kind.RESET, "submit_sm", 7, null, Duration.ZERO));

    assertThat(problems).isEmpty();
    assertThat(behaviour.loss()).isEqualTo(0.1);
    assertThat(behaviour.refusal()).isEqualTo(Status.RSUBMITFAIL);
    assertThat(behaviour.throttle()).isEqualTo(Status.RMSGQFUL);
    assertThat(behaviour.rate()).isEqualTo(500);
    assertThat(behaviour.receipts().states()).isEqualTo(Map.of(MessageState.UNDELIVERABLE, 0.25));
    assertThat(behaviour.faults())
        .containsExactly(
            new Fault(Fault.Kind.RESET, Command.SUBMIT_SM, 7, false, Duration.ZERO, Duration.ZERO));
  }

  @Test
  void everythingThatCannotBeIsToldAtOnce() {
    compile(
        new Share(1.2),
        "ESME_NOPE",
        Map.of("delivrd", new Share(0.7), "expired", new Share(0.7), "gone", new Share(0.1)),
        fault(Fault.Kind.DISCONNECT, "submit_smm", 3, null, Duration.ZERO),
        fault(Fault.Kind.DISCONNECT, null, 0, null, Duration.ZERO),
        fault(Fault.Kind.SLOW_READER, null, 3, null, Duration.ZERO),
        fault(Fault.Kind.GARBAGE, null, 0, Duration.ofSeconds(1), Duration.ZERO),
        fault(Fault.Kind.REFUSE_BINDS, null, 1, null, Duration.ofSeconds(1)));

    assertThat(problems)
        .extracting(Problem::what)
        .satisfiesExactlyInAnyOrder(
            what -> assertThat(what).contains("`loss` is 120 %"),
            what -> assertThat(what).contains("ESME_NOPE"),
            what -> assertThat(what).contains("'gone' is no state"),
            what -> assertThat(what).contains("more than all together"),
            what -> assertThat(what).contains("submit_smm"),
            what -> assertThat(what).contains("at none"),
            what -> assertThat(what).contains("for no time"),
            what -> assertThat(what).contains("cannot be at a time"),
            what -> assertThat(what).contains("cannot be at a PDU"));
  }
}
