package dev.assay.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.Precision;
import com.ibm.icu.text.PluralRules;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules are ICU's, for every language that is listed. */
class PluralsTest {

  static Stream<String> languages() {
    return Stream.concat(
        Arrays.stream(Plurals.values()).flatMap(rules -> rules.languages().stream()),
        Stream.of("pt-PT", "de-AT", "zh-Hant"));
  }

  private static String icu(String language, BigDecimal number) {
    return PluralRules.forLocale(ULocale.forLanguageTag(language))
        .select(
            NumberFormatter.withLocale(ULocale.ROOT)
                .precision(Precision.fixedFraction(Math.max(0, number.scale())))
                .format(number));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void aLanguageHasTheFormsOfCldr(String language) {
    Locale locale = Locale.forLanguageTag(language);
    Plurals rules = Plurals.of(locale);
    List<BigDecimal> numbers = new ArrayList<>();
    for (int i = 0; i <= 250; i++) {
      numbers.add(BigDecimal.valueOf(i));
      numbers.add(BigDecimal.valueOf(i, 1));
      numbers.add(BigDecimal.valueOf(i, 2));
    }
    Stream.of("1000", "1001", "1000000", "2000000", "1000001", "1000000000", "1.000", "0.0001")
        .map(BigDecimal::new)
        .forEach(numbers::add);

    for (BigDecimal number : numbers) {
      assertThat(rules.form(number)).as("%s %s", language, number).isEqualTo(icu(language, number));
    }
    assertThat(rules.forms())
        .containsAll(PluralRules.forLocale(ULocale.forLanguageTag(language)).getKeywords());
  }

  @Property(tries = 2000)
  void anyNumberHasTheFormOfCldr(
      @ForAll("someLanguage") String language, @ForAll("numbers") BigDecimal number) {
    assertThat(Plurals.of(Locale.forLanguageTag(language)).form(number))
        .isEqualTo(icu(language, number));
  }

  @Provide
  static Arbitrary<String> someLanguage() {
    return Arbitraries.of(languages().toList());
  }

  @Provide
  static Arbitrary<BigDecimal> numbers() {
    return Arbitraries.bigDecimals()
        .between(BigDecimal.ZERO, new BigDecimal("9000000000000"))
        .ofScale(3)
        .map(number -> number.stripTrailingZeros().scale() < 0 ? number.setScale(0) : number);
  }
}
