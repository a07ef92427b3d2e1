package dev.assay.load.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[A-Z]{3}-\\d{4}$", "^\\+?[1-9]\\d{6,14}$", "[^@]+@[^@]+\\.[a-z]{2,}", "^(?:red|green)$",
        "^[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}$", "\\w+\\s\\w+", "^a.c*d?e$", "^[^a1\\- ]x$",
        "^([0-9]{2}:){2}[0-9]{2}$", "^[\\]x]$", "^$|^x$"
      })
  void theTextMatchesThePattern(String pattern) {
    assertThat(PatternText.of(pattern))
        .hasValueSatisfying(
            text -> assertThat(Pattern.compile(pattern).matcher(text).find()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?=a)b",
        "(a)\\1",
        "\\p{L}+",
        "[",
        "(",
        "a{",
        "a{9999}",
        "*",
        "(((a{99}){99}){99})",
        "[a-z&&[^b]]"
      })
  void whatItDoesNotKnowItGivesUp(String pattern) {
    assertThat(PatternText.of(pattern)).isEmpty();
  }
}
