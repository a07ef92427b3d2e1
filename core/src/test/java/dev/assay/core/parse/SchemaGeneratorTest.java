package dev.assay.core.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.api.json.JsonWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaGeneratorTest {

  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(
              JsonWriter.pretty(new SchemaGenerator(List.of(new ProbeType())).schema()),
              InputFormat.JSON);

  private List<?> errors(String yaml) {
    return schema.validate(yaml, InputFormat.JSON);
  }

  @Test
  void aValidWorkspaceIsValidByTheSchemaToo() {
    assertThat(
            errors(
                """
                {"workspace": "a", "checks": {"x": {"probe": [{"name": "b"}], "needs": "y",
                  "expect": {"latency.p95": "< 5 ms", "errors": {"no worse than": "main", "by": "2 %"}}},
                  "y": {"probe": {"flow": [], "rate": "5/s", "for": "3s", "mode": "very slow"}}},
                 "stages": [["x", "y"]]}
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"workspace\": \"a\", \"check\": {}}",
        "{\"workspace\": \"a\", \"checks\": {\"x\": {}}}",
        "{\"workspace\": \"a\", \"checks\": {\"x\": {\"probe\": {\"rte\": \"5/s\"}}}}",
        "{\"workspace\": \"a\", \"checks\": {\"x\": {\"probe\": {\"mode\": \"slow\"}}}}",
        "{\"workspace\": \"a\", \"stages\": \"x y\"}"
      })
  void whatTheParserRefusesTheSchemaRefuses(String json) {
    assertThat(errors(json)).isNotEmpty();
  }
}
