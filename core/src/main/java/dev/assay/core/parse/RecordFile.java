package dev.assay.core.parse;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.value.Template;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a file of YAML or JSON that is one configuration record, such as a gateway's: decoded as
 * the configuration of a check is, {@code ${env.NAME}} filled in everywhere.
 */
public final class RecordFile {

  private static final String ENVIRONMENT = "env.";

  private final Map<String, String> environment;
  private final List<Problem> problems;

  private RecordFile(Map<String, String> environment, List<Problem> problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /**
   * Reads a file.
   *
   * @param environment the values of {@code ${env.NAME}}
   * @throws ProblemException with all that is wrong in it
   */
  public static <T extends Record> T read(
      Path file, Class<T> type, Map<String, String> environment) {
    return decoded(SourceFile.read(file), type, environment);
  }

  /**
   * Reads a text as if it were a file.
   *
   * @param name what problems call it
   */
  public static <T extends Record> T read(
      String name, String text, Class<T> type, Map<String, String> environment) {
    return decoded(
        SourceFile.decode(name, text.getBytes(StandardCharsets.UTF_8)), type, environment);
  }

  private static <T extends Record> T decoded(
      SourceFile source, Class<T> type, Map<String, String> environment) {
    List<Problem> problems = new ArrayList<>();
    Optional<Node> root = YamlReader.read(source, problems);
    Node written =
        root.orElseGet(() -> new Node.Scalar(new Place(source.name(), 1, 1, ""), "", true));
    RecordFile reader = new RecordFile(environment, problems);
    Node node = reader.filled(written);
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    Decoder decoder = new Decoder(problems, reader::value);
    T decoded = decoder.record(node, type);
    if (decoded == null || !problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return decoded;
  }

  private Optional<String> value(String name) {
    return name.startsWith(ENVIRONMENT)
        ? Optional.ofNullable(environment.get(name.substring(ENVIRONMENT.length())))
        : Optional.empty();
  }

  /** With the values of names in place of them, also where a decoder would keep the text as is. */
  private Node filled(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> scalar.text().contains("${") ? filled(scalar) : scalar;
      case Node.Items items ->
          new Node.Items(items.place(), items.items().stream().map(this::filled).toList());
      case Node.Mapping mapping ->
          new Node.Mapping(
              mapping.place(),
              mapping.entries().stream()
                  .map(each -> new Node.Entry(each.key(), each.keyPlace(), filled(each.value())))
                  .toList());
    };
  }

  private Node filled(Node.Scalar scalar) {
    try {
      Template template = Template.parse(scalar.text());
      for (String name : template.names()) {
        if (value(name).isEmpty()) {
          problems.add(
              PlanProblems.UNKNOWN_NAME.at(
                  scalar.place(),
                  "'${" + name + "}' has no value",
                  "set the environment variable of env.NAME, or write $$ for a dollar sign"));
          return scalar;
        }
      }
      String text = template.fill(name -> value(name).orElseThrow());
      return new Node.Scalar(scalar.place(), text, scalar.plain());
    } catch (IllegalArgumentException wrong) {
      problems.add(
          PlanProblems.WRONG_TYPE.at(
              scalar.place(),
              String.valueOf(wrong.getMessage()),
              "close it, or write $$ for a dollar sign"));
      return scalar;
    }
  }
}
