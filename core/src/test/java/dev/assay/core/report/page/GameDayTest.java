package dev.assay.core.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Event;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.Markup;
import dev.assay.core.report.SampleRun;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GameDayTest {

  private static Event fault(double at, String kind, String name, String target) {
    return new Event(
        "crash",
        SampleRun.at(at),
        kind,
        kind.equals("fault.effective") ? name + ": nothing of it lives" : name,
        Map.of("fault", name, "kind", name.split(" ")[0], "targets", "service:" + target));
  }

  private static Event steady(double at, String kind, String check) {
    return new Event("crash", SampleRun.at(at), kind, "said", Map.of("check", check));
  }

  private static Event recovered(double at, String check, String faults, double seconds) {
    return new Event(
        "crash",
        SampleRun.at(at),
        "steady.recovered",
        check + " recovered",
        Map.of(
            "check",
            check,
            "faults",
            faults,
            "nanoseconds",
            Long.toString((long) (seconds * 1e9))));
  }

  private static String page(Event... events) {
    CheckReport check = SampleRun.ofEvents("crash", "chaos", events);
    Markup page = new Markup("");
    new GameDay(page, check).write();
    return page.toString().strip();
  }

  @Test
  void whatWasBrokenHasALaneAndWhoWatchedHasOne() {
    String page =
        page(
            fault(0, "fault.begin", "kill shop", "shop"),
            fault(0.5, "fault.effective", "kill shop", "shop"),
            steady(2, "steady.lost", "browse"),
            steady(3, "steady.lost", "visit"),
            fault(5, "fault.end", "kill shop", "shop"),
            steady(8, "steady.held", "browse"),
            steady(9, "steady.held", "visit"),
            recovered(6, "browse", "kill shop", 1),
            recovered(7, "visit", "kill shop", 2),
            fault(10, "fault.begin", "kill shop #2", "shop"),
            fault(20, "fault.end", "kill shop #2", "shop"));

    assertThat(page.split("<li ")).as("lanes").hasSize(1 + 3);
    assertThat(page)
        .contains("kill · shop", "lost 4 s", "nothing of it lives", "Recovery of visit")
        .contains("steady from 0 s to 2 s", "not steady from 2 s to 6 s")
        .contains("steady from 6 s to 20 s", "<title>kill shop #2</title>");
    assertThat(page.split("it was not")).as("the second was not seen").hasSize(2);
  }

  @Test
  void faultsThatOverlapHaveOneRecovery() {
    String page =
        page(
            fault(0, "fault.begin", "kill a", "a"),
            fault(1, "fault.begin", "pause b", "b"),
            fault(5, "fault.end", "kill a", "a"),
            fault(6, "fault.end", "pause b", "b"),
            recovered(9, "browse", "kill a + pause b", 3));

    assertThat(page.split(">3 s<")).as("of both").hasSize(1 + 2);
  }

  @Test
  void aFaultThatWasCutShortLastsToTheEnd() {
    String page =
        page(
            fault(0, "fault.begin", "kill a", "a"),
            fault(4, "fault.begin", "pause b", "b"),
            fault(8, "fault.end", "pause b", "b"));

    assertThat(page).contains("<td class=\"num\">8 s</td>");
  }

  @Test
  void aCheckThatBreaksNothingHasNone() {
    assertThat(page(steady(1, "steady.lost", "browse"))).isEmpty();
  }
}
