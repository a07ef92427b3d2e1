package dev.assay.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  static Stream<Arguments> quoting() {
    return Stream.of(
        Arguments.of("mvn", List.of("mvn")),
        Arguments.of("  java  -jar\tx.jar \n", List.of("java", "-jar", "x.jar")),
        Arguments.of("a 'b c'", List.of("a", "b c")),
        Arguments.of("a \"b c\"", List.of("a", "b c")),
        Arguments.of("a b'c'\"d\"e", List.of("a", "bcde")),
        Arguments.of("a '' \"\"", List.of("a", "", "")),
        Arguments.of("a 'b\\c\"d'", List.of("a", "b\\c\"d")),
        Arguments.of("a \"b\\\"c'd\"", List.of("a", "b\"c'd")),
        Arguments.of("a b\\ c", List.of("a", "b c")),
        Arguments.of("a \\'b", List.of("a", "'b")),
        Arguments.of("a b\\", List.of("a", "b\\")),
        Arguments.of("a ; rm -rf | b > c", List.of("a", ";", "rm", "-rf", "|", "b", ">", "c")));
  }

  @ParameterizedTest
  @MethodSource("quoting")
  void splitsAsAShellDoesWithoutItsExpansions(String line, List<String> words) {
    assertThat(filled(line)).isEqualTo(words);
  }

  @Test
  void wordsAreTemplates() {
    assertThat(filled("run --port ${port} '${q}' $$5"))
        .containsExactly("run", "--port", "<port>", "<q>", "$5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a 'b", "a \"b", "a \"b\\\"", "'' a", "a ${b", "a ${ b }"})
  void refusesWhatNamesNoProgramOrIsNotClosed(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(line));
  }

  @Property(seed = "1")
  void whatIsInSingleQuotesComesOutAsItIs(
      @ForAll @NotEmpty @Size(max = 4) List<@NotEmpty String> words) {
    List<String> plain = words.stream().map(word -> word.replaceAll("['$]", "x")).toList();
    String line = String.join(" ", plain.stream().map(word -> "'" + word + "'").toList());
    assertThat(filled(line)).isEqualTo(plain);
  }

  private static List<String> filled(String line) {
    return CommandLine.parse(line).words().stream()
        .map(word -> word.fill(name -> '<' + name + '>'))
        .toList();
  }
}
