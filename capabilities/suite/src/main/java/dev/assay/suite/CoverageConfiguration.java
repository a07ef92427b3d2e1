package dev.assay.suite;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where reports of coverage and of mutants are, and what a change is told from.
 *
 * @param reports patterns of the reports
 * @param against what the work began from
 * @param place where it is written
 */
@Doc("Which reports say how much was executed, and since when lines count as changed.")
public record CoverageConfiguration(
    @Doc(
            "Patterns of the reports of coverage and of mutants, relative to the folder:"
                + " `**/target/site/jacoco/jacoco.xml`, `coverage/lcov.info`. Only files that this"
                + " run wrote are read. Where it is not written, those are looked for that the tool"
                + " usually writes.")
        @Shorthand
        List<Template> reports,
    @Doc(
            "A branch, tag or commit: lines that differ from its merge base with this commit are"
                + " the change. Where it is not written, the branch that a build server says the"
                + " work goes into, else `origin/HEAD`, `main`, `master` or `trunk`.")
        @Nullable Template against,
    Place place) {

  /** Copies the list. */
  public CoverageConfiguration {
    reports = List.copyOf(reports);
  }
}
