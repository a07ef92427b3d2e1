package dev.assay.suite.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.suite.git.CodeOwners.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeOwnersTest {

  private static List<String> github(String rules, String path) {
    return CodeOwners.parse("CODEOWNERS", rules, Dialect.GITHUB)
        .of(path)
        .map(CodeOwners.Owners::names)
        .orElse(List.of("-"));
  }

  private static List<String> gitlab(String rules, String path) {
    return CodeOwners.parse("CODEOWNERS", rules, Dialect.GITLAB)
        .of(path)
        .map(CodeOwners.Owners::names)
        .orElse(List.of("-"));
  }

  /** The example of GitHub's own documentation. */
  private static final String DOCUMENTED =
      """
      # a comment
      *       @global-owner1 @global-owner2
      *.js    @js-owner #This is an inline comment.
      *.go docs@example.com
      *.txt @octo-org/octocats
      /build/logs/ @doctocat
      docs/*  docs@example.com
      apps/ @octocat
      /docs/ @doctocat
      /scripts/ @doctocat @octocat
      **/logs @octocat
      /apps/ @octocat
      /apps/github
      """;

  @Test
  void theLastRuleThatMatchesDecides() {
    assertThat(github(DOCUMENTED, "src/a.c")).containsExactly("@global-owner1", "@global-owner2");
    assertThat(github(DOCUMENTED, "src/a.js")).containsExactly("@js-owner");
    assertThat(github(DOCUMENTED, "a.go")).containsExactly("docs@example.com");
    assertThat(github(DOCUMENTED, "docs/a.md")).containsExactly("@doctocat");
    assertThat(github(DOCUMENTED, "lib/apps/x/y.c")).containsExactly("@octocat");
    assertThat(github(DOCUMENTED, "deep/logs/today")).containsExactly("@octocat");
    assertThat(github(DOCUMENTED, "build/logs/x")).containsExactly("@octocat");
  }

  @Test
  void aRuleWithoutOwnersTakesThemAway() {
    assertThat(github(DOCUMENTED, "apps/github/a.c")).isEmpty();
    assertThat(github(DOCUMENTED, "apps/other/a.c")).containsExactly("@octocat");
  }

  @Test
  void aStarDoesNotReachIntoFolders() {
    assertThat(github("docs/* @ann", "docs/getting-started.md")).containsExactly("@ann");
    assertThat(github("docs/* @ann", "docs/build-app/troubleshooting.md")).containsExactly("-");
    assertThat(github("/docs/ @ann", "src/docs/a.md")).containsExactly("-");
    assertThat(github("docs/api @ann", "src/docs/api/a.md")).containsExactly("-");
  }

  @Test
  void whatGitHubDoesNotKnowIsPassedOver() {
    assertThat(github("* @all\n!*.js @ann\n[ab].js @bob", "a.js")).containsExactly("@all");
  }

  @Test
  void sectionsOfGitLabAreAddedUp() {
    String rules =
        """
        * @all
        [Database][2] @dba
        model/db/
        config/db/database-setup.md @docs
        ^[Docs]
        *.md @writers
        """;

    assertThat(gitlab(rules, "model/db/a.sql")).containsExactly("@all", "@dba");
    assertThat(gitlab(rules, "config/db/database-setup.md"))
        .containsExactly("@all", "@docs", "@writers");
  }

  @Test
  void pathsOfGitLabBeginAnywhereUnlessTheyBeginWithASlash() {
    assertThat(gitlab("internal/README.md @ann", "a/internal/README.md")).containsExactly("@ann");
    assertThat(gitlab("/internal/README.md @ann", "a/internal/README.md")).containsExactly("-");
    assertThat(gitlab("/docs @ann", "docs/a.md")).containsExactly("-");
    assertThat(gitlab("path\\ with\\ spaces/ @ann", "path with spaces/a")).containsExactly("@ann");
    assertThat(gitlab("* @all\n!*.rb", "a.rb")).containsExactly("-");
  }

  @Test
  void thePlaceOfTheFileIsThatOfThePlatform(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve(".github"));
    Files.writeString(folder.resolve("CODEOWNERS"), "* @root");
    Files.writeString(folder.resolve(".github/CODEOWNERS"), "* @hub");
    assertThat(CodeOwners.of(folder).orElseThrow().of("a").orElseThrow())
        .isEqualTo(new CodeOwners.Owners(List.of("@hub"), ".github/CODEOWNERS:1 *"));

    Files.writeString(folder.resolve(".gitlab-ci.yml"), "");
    assertThat(CodeOwners.of(folder).orElseThrow().of("a").orElseThrow().names())
        .containsExactly("@root");
  }
}
