package dev.assay.core.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.value.Unit;
import dev.assay.core.report.Attached;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.SampleRun;
import dev.assay.core.report.Xml;
import dev.assay.core.report.stacks.Profile;
import dev.assay.core.report.stacks.Stacks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class FlameGraphTest {

  private static final List<String> PACKAGES =
      List.of("java.util.", "shop.orders.", "org.framework.web.", "io.driver.sql.");

  private static Stacks read(String text) {
    try {
      return Stacks.read(new BufferedReader(new StringReader(text)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Stacks as of a web service: a common trunk, then ever more branches. */
  private static Stacks many(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      text.append("java.lang.Thread.run;org.framework.web.Dispatcher.dispatch");
      for (int depth = random.nextInt(2, 40); depth > 0; depth--) {
        int which = (int) Math.sqrt(random.nextInt(40));
        text.append(';').append(PACKAGES.get(which % 4)).append("Part").append(which);
        text.append(".method").append(random.nextInt(2));
      }
      text.append(' ').append(random.nextInt(1, 5)).append('\n');
    }
    return read(text.toString());
  }

  private static String page(RunReport run, Profile... profiles) {
    CheckReport check = run.checks().getFirst();
    Attached.Table table =
        new Attached.Table(
            "profile/shop/SQL statements.tsv",
            List.of("statement", "calls [none]", "mean [ns]"),
            List.of(List.of("SELECT * FROM orders WHERE id = $1 AND a < b", "12345", "1250000")));
    return HtmlReport.write(
        run,
        new Attached(Map.of(check.id(), List.of(profiles)), Map.of(check.id(), List.of(table))));
  }

  private static Profile profile(Stacks now, Stacks before) {
    return new Profile(
        "profile/shop/cpu.folded", Unit.NONE, now, before, before == null ? "" : "run 7");
  }

  @Test
  void tenThousandStacksAreDrawnInAPageThatCanBeMailed() throws IOException {
    String html = page(SampleRun.green(), profile(many(1), null), profile(many(2), many(3)));

    Files.createDirectories(Path.of("target/reports"));
    Files.writeString(Path.of("target/reports/flames.html"), html);
    assertThat(Xml.all(Xml.parse(html), "rect").size()).isGreaterThan(1_000);
    assertThat(html.length()).isLessThan(1_800_000);
  }

  @Test
  void theOneScriptIsNamedByItsDigestInThePolicyOfThePage() throws Exception {
    String html = page(SampleRun.green(), profile(read("main;a 3\nmain;b 1"), null));

    List<Element> scripts = Xml.all(Xml.parse(html), "script");
    assertThat(scripts).hasSize(1);
    String script = scripts.getFirst().getTextContent();
    String digest =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(script.getBytes(StandardCharsets.UTF_8)));
    assertThat(html).contains("script-src 'sha256-" + digest + "'");
    assertThat(html).doesNotContain("script-src 'unsafe-inline'");
  }

  @Test
  void aPageWithoutStacksHasNoScriptAndAllowsNone() {
    assertThat(HtmlReport.write(SampleRun.green()))
        .doesNotContain("<script")
        .doesNotContain("script-src");
  }

  @Test
  void namesOfMethodsAreTextWhateverTheyHold() {
    String html =
        page(
            SampleRun.green(),
            profile(read("<script>alert(1)</script>;\"onclick=\"x&y\u0000 9"), null));

    assertThat(Xml.all(Xml.parse(html), "script")).hasSize(1);
    assertThat(html).contains("&lt;script&gt;alert(1)");
  }

  @Test
  void idsStayUniqueAndEveryReferenceFindsOne() {
    Document page =
        Xml.parse(page(SampleRun.green(), profile(many(1), many(2)), profile(read("a 1"), null)));
    Set<String> ids = new HashSet<>();
    for (Element element : Xml.all(page, "*")) {
      if (element.hasAttribute("id")) {
        assertThat(ids.add(element.getAttribute("id"))).as(element.getAttribute("id")).isTrue();
      }
    }
    for (Element element : Xml.all(page, "*")) {
      for (String reference : List.of("aria-labelledby", "for")) {
        for (String id : element.getAttribute(reference).split(" ")) {
          assertThat(id.isEmpty() || ids.contains(id)).as(id).isTrue();
        }
      }
    }
  }

  @Test
  void whatGrewIsToldFromWhatShrankByColourAndByWords() {
    String html =
        page(
            SampleRun.green(),
            profile(read("main;a 100\nmain;b 900"), read("main;a 900\nmain;b 100")));

    assertThat(html)
        .contains("class=\"more3\"")
        .contains("class=\"less3\"")
        .contains("+80.0 points")
        .contains("-80.0 points")
        .contains("compared with run 7");
  }

  @Test
  void fewSamplesAreSaidToBeFew() {
    assertThat(page(SampleRun.green(), profile(read("main;a 12"), null)))
        .contains("only 12 samples");
  }

  @Test
  void theHottestMethodsAreATableForWhoSeesNoPicture() {
    String html = page(SampleRun.green(), profile(read("main;shop.Cart.sum 75\nmain;b 25"), null));

    assertThat(html).contains("<code>shop.Cart.sum</code>").contains(">75 %<");
  }

  @Test
  void aTableShowsItsNumbersInTheirUnits() {
    assertThat(page(SampleRun.green(), profile(read("a 1"), null)))
        .contains("SQL statements: shop")
        .contains("<code>SELECT * FROM orders WHERE id = $1 AND a &lt; b</code>")
        .contains("12,345")
        .contains("1.25 ms");
  }
}
