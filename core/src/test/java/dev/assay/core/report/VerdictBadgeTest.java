package dev.assay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.verdict.Decision;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class VerdictBadgeTest {

  @Test
  void itSaysTheNameAndTheDecision() {
    Element svg = Xml.parse(VerdictBadge.svg("shop", Decision.PASS)).getDocumentElement();
    assertThat(svg.getAttribute("aria-label")).isEqualTo("shop: pass");
    assertThat(svg.getTextContent()).contains("shop", "pass");
  }

  @Test
  void everyDecisionThatIsNoPassLooksOtherwise() {
    String pass = VerdictBadge.svg("shop", Decision.PASS);
    assertThat(VerdictBadge.svg("shop", Decision.FAIL))
        .contains("#b3261e")
        .doesNotContain("#17693f");
    assertThat(VerdictBadge.svg("shop", Decision.NOT_RUN)).doesNotContain("#17693f");
    assertThat(pass).contains("#17693f");
  }

  @Test
  void aHostileOrLongNameIsAText() {
    String svg = VerdictBadge.svg(SampleRun.HOSTILE.repeat(20), Decision.FAIL);
    assertThat(Xml.parse(svg).getElementsByTagName("script").getLength()).isZero();
    assertThat(svg.length()).isLessThan(3_000);
  }
}
