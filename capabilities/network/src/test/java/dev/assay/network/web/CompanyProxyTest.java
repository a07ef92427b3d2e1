package dev.assay.network.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.value.Size;
import dev.assay.api.value.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy made of what is written in a workspace. */
class CompanyProxyTest {

  @TempDir private Path folder;

  private static WebProxyConfiguration written(
      @Nullable String user,
      @Nullable String password,
      List<String> block,
      boolean intercept,
      @Nullable String certificate,
      @Nullable String trust) {
    return new WebProxyConfiguration(
        user == null ? null : Template.parse(user),
        password == null ? null : Template.parse(password),
        block,
        Refusal.RESET,
        intercept,
        certificate,
        trust,
        Upgrades.STRIP,
        Duration.ofMillis(5),
        new Size(10),
        Place.NONE);
  }

  private WebProxy.Setup setup(WebProxyConfiguration written) {
    return CompanyProxy.setup(
        written, Template::source, folder, Instant.parse("2026-01-01T00:00:00Z"), Place.NONE);
  }

  @Test
  void everythingWrittenIsInTheRules() {
    WebProxyRules rules = setup(written("kim", "pw", List.of(":25"), false, null, null)).rules();
    assertThat(rules.credentials().orElseThrow().accepted("Basic a2ltOnB3")).isTrue();
    assertThat(rules.credentials().orElseThrow().accepted("Basic a2ltOnB4")).isFalse();
    assertThat(rules.refusal()).isEqualTo(Refusal.RESET);
    assertThat(rules.upgrades()).isEqualTo(Upgrades.STRIP);
    assertThat(rules.answerAfter()).isEqualTo(Duration.ofMillis(5));
    assertThat(rules.largestBody()).isEqualTo(OptionalLong.of(10));
  }

  @Test
  void theCertificateOfTheTestCaIsWrittenAndItsKeyIsNot() throws Exception {
    WebProxy.Setup setup = setup(written(null, null, List.of(), true, "ca.pem", null));
    assertThat(Interception.certificates(folder.resolve("ca.pem")))
        .containsExactly(setup.interception().orElseThrow().authority().certificate());
    assertThat(Files.readString(folder.resolve("ca.pem"))).doesNotContain("KEY");
  }

  @Test
  void badRulesAreAllReported() {
    assertThatThrownBy(() -> setup(written("kim", null, List.of("a b"), false, "ca.pem", null)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(3)
                    .allMatch(problem -> problem.code().equals("ASSAY-NETWORK-050")));
  }

  @Test
  void filesThatCannotBeUsedAreReported() {
    for (WebProxyConfiguration bad :
        List.of(
            written(null, null, List.of(), true, "no/such/folder.pem", null),
            written(null, null, List.of(), true, null, "missing.pem"))) {
      assertThatThrownBy(() -> setup(bad))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("ASSAY-NETWORK-051");
    }
  }
}
