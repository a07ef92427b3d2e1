package dev.assay.it.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.List;

/** The classes of the product, without tests and what only tests use. */
final class Product {

  /** The rooms, as packages; each is one Maven module. */
  static final List<String> ROOMS =
      List.of(
          "api",
          "stats",
          "core",
          "store",
          "http",
          "suite",
          "load",
          "profile",
          "network",
          "chaos",
          "delivery",
          "smpp",
          "virtual",
          "gateway",
          "observe",
          "cli",
          "server");

  /** Imported once; it takes a second. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(Product::shipped)
          .importPackages("dev.assay");

  private Product() {}

  private static boolean shipped(Location location) {
    return !location.contains("/dev/assay/testkit/") && !location.contains("/dev/assay/it/");
  }
}
