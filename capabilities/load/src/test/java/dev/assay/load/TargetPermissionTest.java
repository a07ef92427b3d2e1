package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.api.problem.ProblemException;
import dev.assay.testkit.TestContext;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whose target may be put under load. 203.0.113.0/24 is for documentation (RFC 5737). */
class TargetPermissionTest {

  private static final String TARGET = "http://203.0.113.7:8080";

  private static TestContext workspace() {
    return new TestContext(Path.of("."), Path.of("."), null);
  }

  private static void compile(TestContext context) {
    new PlanCompiler(context, new LoadFixture().get("/").url(TARGET).rate(51).configuration())
        .compile(2);
  }

  private static void refused(TestContext context) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> compile(context))
        .satisfies(refusal ->
            assertThat(refusal.problems().getFirst().type()).isEqualTo(LoadProblems.NOT_OWN));
  }

  @Test
  void everyEnvironmentOfTheWorkspaceMayBe() {
    compile(workspace().environment(URI.create("http://203.0.113.7:8080/base")));
    compile(
        workspace()
            .environment(URI.create("http://127.0.0.1"))
            .environment(URI.create("http://203.0.113.7:8080")));
  }

  @Test
  void anotherPortOrSchemeOfAnEnvironmentMayNot() {
    refused(workspace());
    refused(workspace().environment(URI.create("http://203.0.113.7")));
    refused(workspace().environment(URI.create("https://203.0.113.7:8080")));
  }
}
