package dev.assay.api.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SecretTest {

  private record Holder(Secret token) {}

  @Property(seed = "1", tries = 100)
  void noTextFormShowsIt(@ForAll @AlphaChars @StringLength(min = 8, max = 30) String value) {
    Secret secret = Secret.of(value);
    String shown =
        secret
            + String.format("%s %10.3s", secret, secret)
            + List.of(secret)
            + Map.of("k", secret)
            + new Holder(secret)
            + new StringBuilder().append(secret);
    assertThat(shown).contains("***").doesNotContain(value);
    assertThat(secret.reveal()).isEqualTo(value);
  }

  @Test
  void theMaskDoesNotTellTheLength() {
    assertThat(Secret.of("a")).hasToString("***");
    assertThat(Secret.of("")).hasToString("***");
  }

  @Test
  void comparesByValue() {
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).hasSameHashCodeAs(Secret.of("a"));
    assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b")).isNotEqualTo("a");
  }

  @Test
  void cannotBeSerialized() {
    assertThat(Serializable.class.isAssignableFrom(Secret.class)).isFalse();
  }
}
