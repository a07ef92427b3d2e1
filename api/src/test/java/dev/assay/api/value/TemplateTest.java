package dev.assay.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "'', ''",
    "/orders/${id}, /orders/<id>",
    "${a}${b}, <a><b>",
    "${ a }, <a>",
    "$$, $",
    "$$$$, $$",
    "$${a}, ${a}",
    "$$${a}, $<a>",
    "5 $, 5 $",
    "$a, $a",
    "}{, }{",
    "${port.shop}:${env.HOME_1}-${x-y}, <port.shop>:<env.HOME_1>-<x-y>"
  })
  void fillsNames(String source, String filled) {
    Template template = Template.parse(source);
    assertThat(template.fill(name -> '<' + name + '>')).isEqualTo(filled);
    assertThat(template).hasToString(source);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"${", "a${b", "${a", "${}", "${ }", "${1}", "${a b}", "${a${b}}", "${é}", "$$${"})
  void refusesWhatNamesNothing(String source) {
    assertThatIllegalArgumentException().isThrownBy(() -> Template.parse(source));
  }

  @Test
  void namesAreInTheirOrderAndOnce() {
    assertThat(Template.parse("${b}${a}${b}$${c}").names()).containsExactly("b", "a");
  }

  @Test
  void aFilledValueIsNotFilledAgain() {
    assertThat(Template.parse("${a}").fill(name -> "${b}$$")).isEqualTo("${b}$$");
  }

  @Property(seed = "1")
  void aTextWithItsDollarsDoubledStandsForItself(@ForAll String text) {
    assertThat(Template.parse(text.replace("$", "$$")).fill(name -> "?")).isEqualTo(text);
  }
}
