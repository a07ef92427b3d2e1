package dev.assay.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseUrlTest {

  @Test
  void aConnectionUriIsReadWithItsEncodedCharacters() {
    DatabaseUrl url =
        DatabaseUrl.parse("postgres://kim:p%40ss%2Fw+rd@db.test:5433/shop?sslmode=require");

    assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db.test:5433/shop?sslmode=require");
    assertThat(url.credentials())
        .containsEntry("user", "kim")
        .containsEntry("password", "p@ss/w+rd");
    assertThat(url).hasToString("db.test:5433/shop");
  }

  @Test
  void theFormOfJdbcIsReadAsWell() {
    DatabaseUrl url =
        DatabaseUrl.parse("jdbc:postgresql://db.test/shop?user=kim&password=secret&ssl=true");

    assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db.test:5432/shop?ssl=true");
    assertThat(url.credentials()).containsEntry("password", "secret");
    assertThat(url.masked("no: secret")).isEqualTo("no: ***");
  }

  @Test
  void whatIsNoAddressIsNotRepeated() {
    for (String wrong :
        List.of(
            "",
            "kim:s3cret",
            "mysql://kim:s3cret@h/d",
            "postgresql://kim:s3 cret@h/d",
            "postgresql:///shop?password=s3cret",
            "postgresql://kim:s3cret%zz@h/d")) {
      assertThatThrownBy(() -> DatabaseUrl.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("s3");
    }
  }
}
