package dev.assay.load.imports;

/** Postman's dynamic variables, such as {@code {{$guid}}}, as generators of a feeder. */
final class PostmanVariables {

  private PostmanVariables() {}

  /**
   * The generator that comes nearest.
   *
   * @param name without the dollar sign, in lower case
   */
  static String generator(String name) {
    return switch (name) {
      case "guid", "randomuuid" -> "uuid()";
      case "timestamp" -> "sequence(1700000000)";
      case "randomint" -> "number(0, 1000)";
      case "randomboolean" -> "boolean()";
      case "randomprice", "randombankaccountbalance" -> "decimal(0, 1000, 2)";
      case "randomfirstname" -> "first name()";
      case "randomlastname" -> "last name()";
      case "randomfullname", "randomusername" -> "name()";
      case "randomcity" -> "city()";
      case "randomphonenumber", "randomphonenumberext" -> "phone()";
      case "randomword", "randomnoun", "randomverb", "randomadjective" -> "word()";
      default -> byPart(name);
    };
  }

  private static String byPart(String name) {
    if (name.contains("email")) {
      return "email()";
    }
    if (name.contains("timestamp") || name.contains("date")) {
      return "time(2024-01-01, 2024-12-31)";
    }
    if (name.contains("words")
        || name.contains("sentence")
        || name.contains("phrase")
        || name.contains("paragraph")
        || name.contains("lorem")) {
      return "sentence(5)";
    }
    return "text(8)";
  }
}
