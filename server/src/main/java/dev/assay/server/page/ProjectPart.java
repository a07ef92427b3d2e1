package dev.assay.server.page;

import dev.assay.server.account.Role;
import java.util.List;

/**
 * A part of a project that its navigation leads to. Immutable.
 *
 * @param name what it is called, one word
 * @param path where it is, after the project's address; empty for the first
 * @param least the role in the project that sees it
 */
public record ProjectPart(String name, String path, Role least) {

  /** All there are, in the order of the navigation: a new page is one line here. */
  public static final List<ProjectPart> ALL =
      List.of(
          new ProjectPart("Runs", "", Role.VIEWER),
          new ProjectPart("Overview", "/overview", Role.VIEWER),
          new ProjectPart("Tests", "/tests", Role.VIEWER),
          new ProjectPart("Failures", "/failures", Role.VIEWER),
          new ProjectPart("Checks", "/checks", Role.VIEWER),
          new ProjectPart("Rulings", "/rulings", Role.VIEWER),
          new ProjectPart("Monitors", "/monitors", Role.VIEWER),
          new ProjectPart("Objectives", "/slos", Role.VIEWER),
          new ProjectPart("Alerts", "/alerts", Role.VIEWER),
          new ProjectPart("Members", "/members", Role.ADMIN),
          new ProjectPart("Webhooks", "/webhooks", Role.ADMIN),
          new ProjectPart("Retention", "/retention", Role.ADMIN),
          new ProjectPart("Usage", "/usage", Role.ADMIN),
          new ProjectPart("Audit", "/audit", Role.ADMIN),
          new ProjectPart("Settings", "/settings", Role.ADMIN));
}
