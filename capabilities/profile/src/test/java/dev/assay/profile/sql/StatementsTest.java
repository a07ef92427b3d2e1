package dev.assay.profile.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementsTest {

  @Test
  void aPasswordInAStatementThatDefinesARoleIsMasked() {
    assertThat(Statements.text("CREATE ROLE kim\n  LOGIN PASSWORD 'it''s s3cret' VALID"))
        .isEqualTo("CREATE ROLE kim LOGIN PASSWORD '***' VALID");
    assertThat(Statements.text("ALTER USER kim password E's3cret"))
        .isEqualTo("ALTER USER kim password '***'");
    assertThat(Statements.text("SELECT password FROM users WHERE id = $1"))
        .isEqualTo("SELECT password FROM users WHERE id = $1");
  }
}
