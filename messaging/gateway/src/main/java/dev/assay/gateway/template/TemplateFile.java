package dev.assay.gateway.template;

import dev.assay.api.json.Json;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Where;
import dev.assay.gateway.ChannelProblems;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a template from a file of YAML or JSON. */
public final class TemplateFile {

  private static final int LARGEST = 1 << 20;

  private TemplateFile() {}

  /**
   * Reads a file.
   *
   * @param shown its name as the user wrote it
   * @throws dev.assay.api.problem.ProblemException with all that is wrong
   */
  public static MessageTemplate read(Path file, String shown) {
    return MessageTemplate.read(json(file, shown), shown);
  }

  /** What a file says, as JSON. */
  public static Json.Obj json(Path file, String shown) {
    try {
      if (Files.size(file) > LARGEST) {
        throw ChannelProblems.TEMPLATE.failure(
            Where.named(shown), "it is larger than 1 MiB", "make several templates of it");
      }
      return parse(Files.readString(file), shown);
    } catch (IOException unreadable) {
      throw ChannelProblems.TEMPLATE.failure(
          Where.named(shown),
          "the file cannot be read: " + IoReason.of(unreadable),
          "name a file of YAML or JSON in UTF-8");
    }
  }

  private static Json.Obj parse(String text, String shown) {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(shown)
              .setMaxAliasesForCollections(10)
              .setCodePointLimit(LARGEST)
              .build();
      if (json(new Load(settings).loadFromString(text)) instanceof Json.Obj object) {
        return object;
      }
      throw ChannelProblems.TEMPLATE.failure(
          Where.named(shown), "it is no template", "begin with `name: …`");
    } catch (MarkedYamlEngineException broken) {
      throw ChannelProblems.TEMPLATE.failure(
          place(broken, shown), broken.getProblem(), "write YAML or JSON");
    } catch (YamlEngineException broken) {
      throw ChannelProblems.TEMPLATE.failure(
          Where.named(shown), String.valueOf(broken.getMessage()), "write YAML or JSON");
    }
  }

  private static Where place(MarkedYamlEngineException broken, String shown) {
    Mark mark = broken.getProblemMark().orElse(null);
    return mark == null
        ? Where.named(shown)
        : new Place(shown, mark.getLine() + 1, mark.getColumn() + 1, "");
  }

  private static Json json(@Nullable Object value) {
    return switch (value) {
      case null -> Json.Null.VALUE;
      case Map<?, ?> map -> {
        Map<String, Json> members = new LinkedHashMap<>();
        map.forEach((name, member) -> members.put(String.valueOf(name), json(member)));
        yield new Json.Obj(members);
      }
      case List<?> list -> Json.array(list.stream().map(TemplateFile::json).toList());
      case Boolean bool -> Json.of(bool);
      case Integer whole -> Json.of(whole);
      case Long whole -> Json.of(whole);
      case BigInteger large -> Json.of(large.toString());
      case Double real -> Json.of(real);
      default -> Json.of(value.toString());
    };
  }
}
