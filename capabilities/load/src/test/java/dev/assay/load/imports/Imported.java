package dev.assay.load.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** An import and what came of it, read back with an independent YAML reader. */
record Imported(ImportResult result) {

  static Imported of(ImportSource source, String text) {
    return of(source, "input", text, ImportOptions.named("shop"));
  }

  static Imported of(ImportSource source, String file, String text, ImportOptions options) {
    return new Imported(
        LoadImport.read(source, file, text.getBytes(StandardCharsets.UTF_8), options));
  }

  static Imported sample(ImportSource source, String name) {
    return of(source, name, resource(name), ImportOptions.named("shop"));
  }

  static String resource(String name) {
    try (InputStream in = Imported.class.getResourceAsStream("/imports/" + name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static Problem problem(ImportSource source, String text) {
    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> of(source, text));
    assertThat(refused).as("a problem").isNotNull();
    return refused.problems().getFirst();
  }

  String yaml() {
    return result.yaml();
  }

  static Object read(String yaml) {
    return new Load(LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build())
        .loadFromString(yaml);
  }

  Map<?, ?> workspace() {
    return (Map<?, ?>) read(yaml());
  }

  Map<?, ?> load() {
    return at(at(at(workspace(), "checks"), "load"), "load");
  }

  Map<?, ?> environment() {
    return at(at(workspace(), "environments"), "target");
  }

  List<?> flow() {
    return (List<?>) load().get("flow");
  }

  Map<?, ?> step(int index) {
    return (Map<?, ?>) flow().get(index);
  }

  private static Map<?, ?> at(Map<?, ?> map, String key) {
    assertThat(map.get(key)).as(key).isInstanceOf(Map.class);
    return (Map<?, ?>) map.get(key);
  }
}
