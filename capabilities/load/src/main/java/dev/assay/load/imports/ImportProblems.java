package dev.assay.load.imports;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that an import can report. */
public final class ImportProblems {

  static final ProblemType TOO_LARGE =
      user(
          "301",
          "What is imported is too large",
          "A recording is read as a whole, so its size is bounded: 64 MiB for a HAR file or a"
              + " collection, 16 MiB for a description, 4 MiB for command lines; and so is what"
              + " comes out: 2,000 steps and 1 MiB of workspace. Record less, leave the resources"
              + " out, or cut the file into several.");

  static final ProblemType SYNTAX =
      user(
          "302",
          "What is imported cannot be read",
          "The file is not well-formed JSON or YAML, or not UTF-8. The place shows where reading"
              + " stopped; the mistake is there or just before it. A file that was cut short by a"
              + " full disk or an aborted download stops at its very end: export it again.");

  static final ProblemType SHAPE =
      user(
          "303",
          "What is imported is of another kind",
          "The file is well-formed, but something that every file of this kind has is missing or of"
              + " another type. The usual reason is a file of another kind: HAR has 'log', OpenAPI has"
              + " 'openapi' or 'swagger' and 'paths', a Postman collection has 'info' and 'item'."
              + " Postman collections of version 1 must be exported again as version 2.1.");

  static final ProblemType NOTHING =
      user(
          "304",
          "Nothing is left to send",
          "The file was read, but every request in it was left out, or there is none; a load check"
              + " without steps would prove nothing. Static resources, other origins and aborted"
              + " requests are left out of a recording; --with-resources and --with-origin keep"
              + " them.");

  static final ProblemType REFERENCE =
      user(
          "305",
          "A reference leads nowhere",
          "A $ref of the description names something that is not in the file. Only references"
              + " inside the file are followed ('#/components/…'), as an import opens no other file"
              + " and no connection. Bundle a description of several files into one first.");

  static final ProblemType ADDRESS =
      user(
          "306",
          "An address cannot be used",
          "The address of a request is not an http or https URL with a host. Write it whole, such"
              + " as https://shop.example.com/orders.");

  static final ProblemType SHELL =
      user(
          "307",
          "A command line cannot be read",
          "Command lines are read as bash reads them: quotes are closed, a backslash at the end of"
              + " a line continues it. Choose 'Copy as cURL (bash)' in the browser; the forms for"
              + " cmd and PowerShell quote differently.");

  static final ProblemType OPTION =
      user(
          "308",
          "An option of a command line lacks its value",
          "The option takes a value, and the command ends before it. Often a quote is in the wrong"
              + " place, or a line continuation is missing.");

  /** The file that was named cannot be read; for whoever opens it. */
  public static final ProblemType UNREADABLE =
      user(
          "309",
          "What is to be imported cannot be opened",
          "The file is not there, is a folder, or may not be read by this user. Nothing was"
              + " written.");

  private ImportProblems() {}

  /** All of them, for the room's capability. */
  public static List<ProblemType> all() {
    return List.of(
        TOO_LARGE, SYNTAX, SHAPE, NOTHING, REFERENCE, ADDRESS, SHELL, OPTION, UNREADABLE);
  }

  private static ProblemType user(String number, String title, String explanation) {
    return new ProblemType("ASSAY-LOAD-" + number, ProblemKind.USER, title, explanation);
  }
}
